package io.sparkwire.wire;

import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.ServiceRequest;
import io.sparkwire.message.ServiceSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Requests and replies of the Open Inference Protocol, version 2, over REST, with its extension of
 * tensors in binary: an input is a column, and an output is a field of the replies. Stateless.
 *
 * <p>A row goes on in a packed form, which the strict parser of the service's schema reads, or as a
 * JSON object where the schema is not known.
 */
final class InferenceFormat implements RowFormat {

  private final String name;
  private final boolean packed;

  private InferenceFormat(String name, boolean packed) {
    this.name = name;
    this.packed = packed;
  }

  /** For bodies that are read strictly by a schema. */
  static InferenceFormat packed() {
    return new InferenceFormat("v2", true);
  }

  /** For all others. */
  static InferenceFormat json() {
    return new InferenceFormat("v2-json", false);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public RowBodies rows(ServiceRequest request, ServiceSpec service) throws BadRowsException {
    InferenceBody body = InferenceBody.of(request);
    List<Tensor> inputs = InferenceReader.read(body, service.limits().maxRows());
    Optional<List<TensorColumn>> known =
        TensorColumns.of(service.schema().reply(), OutputTensors.REPLY);
    InferenceHead head = InferenceHead.of(body);
    if (known.isPresent() && head.outputs() != null) {
      List<String> names = known.get().stream().map(TensorColumn::name).toList();
      for (InferenceHead.Output output : head.outputs()) {
        if (!names.contains(output.name())) {
          throw unknown(output.name(), names);
        }
      }
    }
    return packed ? PackedRows.of(inputs) : JsonRows.of(inputs);
  }

  @Override
  public ServiceReply reply(
      ServiceRequest request, ServiceSpec service, List<ServiceReply> ofRows) {
    try {
      InferenceHead head = InferenceHead.of(InferenceBody.of(request));
      ServiceReply reply = reply(head, service, ofRows);
      return ofRows.isEmpty() ? reply : reply.with(ofRows.get(0).headers());
    } catch (BadRowsException e) {
      return e.failure().toReply();
    }
  }

  private static ServiceReply reply(
      InferenceHead head, ServiceSpec service, List<ServiceReply> ofRows) throws BadRowsException {
    Map<String, OutputTensor> all = OutputTensors.of(service.schema().reply(), ofRows);
    List<OutputTensor> outputs = new ArrayList<>(all.values());
    List<Boolean> inBinary = new ArrayList<>();
    if (head.outputs() == null) {
      all.keySet().forEach(output -> inBinary.add(head.binary()));
    } else {
      outputs.clear();
      for (InferenceHead.Output output : head.outputs()) {
        if (!all.containsKey(output.name())) {
          throw unknown(output.name(), all.keySet());
        }
        outputs.add(all.get(output.name()));
        inBinary.add(output.binary() == null ? head.binary() : output.binary());
      }
    }
    return InferenceReply.of(service, head.id(), outputs, inBinary);
  }

  private static BadRowsException unknown(String output, Iterable<String> all) {
    return BadRowsException.malformed(
        "there is no output '" + output + "'; the outputs are " + String.join(", ", all));
  }
}
