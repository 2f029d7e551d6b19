package io.sparkwire.onnx.session;

import ai.onnxruntime.MapInfo;
import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.SequenceInfo;
import ai.onnxruntime.TensorInfo;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a network reads and gives, in the order that it declares. Immutable. */
public record NetworkSignature(List<TensorSpec> inputs, List<ValueSpec> outputs)
    implements Serializable {

  public NetworkSignature {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /**
   * That of an open session.
   *
   * @throws IllegalArgumentException if it reads or gives something else than tensors and maps of
   *     known types; names it
   */
  static NetworkSignature of(OrtSession session) throws OrtException {
    List<TensorSpec> inputs = new ArrayList<>();
    for (NodeInfo input : session.getInputInfo().values()) {
      if (!(spec(input) instanceof TensorSpec tensor)) {
        throw unknown("input", input);
      }
      inputs.add(tensor);
    }
    List<ValueSpec> outputs = new ArrayList<>();
    for (NodeInfo output : session.getOutputInfo().values()) {
      outputs.add(spec(output));
    }
    return new NetworkSignature(inputs, outputs);
  }

  private static ValueSpec spec(NodeInfo node) {
    if (node.getInfo() instanceof TensorInfo tensor && isKnown(tensor)) {
      return new TensorSpec(
          node.getName(),
          tensor.type,
          Arrays.stream(tensor.getShape()).boxed().toList(),
          List.of(tensor.getDimensionNames()));
    }
    if (node.getInfo() instanceof SequenceInfo sequence && sequence.isSequenceOfMaps()) {
      MapInfo map = sequence.mapInfo;
      return new MapsSpec(node.getName(), map.keyType, map.valueType);
    }
    throw unknown("value", node);
  }

  /** Java knows unsigned numbers of more than 8 bits only as signed ones. */
  private static boolean isKnown(TensorInfo tensor) {
    return tensor.type != OnnxJavaType.UNKNOWN
        && switch (tensor.onnxType) {
          case ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT16,
              ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT32,
              ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT64 ->
              false;
          default -> true;
        };
  }

  private static IllegalArgumentException unknown(String kind, NodeInfo node) {
    return new IllegalArgumentException(
        "the network has the "
            + kind
            + " '"
            + node.getName()
            + "' of an unsupported type: "
            + node.getInfo());
  }

  /** How many rows the network takes in one run. */
  public Batching batching() {
    return Batching.of(this);
  }

  public Optional<TensorSpec> input(String name) {
    return inputs.stream().filter(input -> input.name().equals(name)).findFirst();
  }

  public Optional<ValueSpec> output(String name) {
    return outputs.stream().filter(output -> output.name().equals(name)).findFirst();
  }
}
