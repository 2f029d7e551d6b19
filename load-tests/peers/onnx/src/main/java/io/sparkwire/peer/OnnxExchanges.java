package io.sparkwire.peer;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * A program that writes down requests to a network, and what ONNX Runtime computes for each row
 * alone, as the client of the benchmark reads them: in {@code own/} as objects of JSON, and in
 * {@code v2/} the same rows in the Open Inference Protocol, with replies in the form of MLServer.
 */
public final class OnnxExchanges {
  private static final int COUNT = 64;
  private static final long SEED = 17;
  private static final String HEAD = "Content-Type: application/json\r\n\r\n";
  private static final String CONTENT_TYPE = "\"parameters\":{\"content_type\":\"np\"},";

  private final Network network;
  private final List<RandomInput> inputs;
  private final Path directory;

  private OnnxExchanges(Network network, List<RandomInput> inputs, Path directory) {
    this.network = network;
    this.inputs = inputs;
    this.directory = directory;
  }

  /**
   * Takes the file of the network, the directory, the length of open dimensions, and for each input
   * {@code NAME=LEAST..MOST}.
   */
  public static void main(String[] args) throws IOException, OrtException {
    Network network = Network.load(args[0], 1);
    int length = Integer.parseInt(args[2]);
    List<RandomInput> inputs = new ArrayList<>();
    for (String values : List.of(args).subList(3, args.length)) {
      inputs.add(input(network, values.split("=|\\.\\."), length));
    }
    new OnnxExchanges(network, inputs, Path.of(args[1])).write();
  }

  private static RandomInput input(Network network, String[] values, int length) {
    if (values.length != 3 || !network.inputs().containsKey(values[0])) {
      throw new IllegalArgumentException(
          "values must be NAME=LEAST..MOST of an input among %s, got %s"
              .formatted(network.inputs().keySet(), List.of(values)));
    }
    return new RandomInput(
        values[0],
        network.inputs().get(values[0]),
        Integer.parseInt(values[1]),
        Integer.parseInt(values[2]),
        length);
  }

  private void write() throws IOException, OrtException {
    Files.createDirectories(directory.resolve("own"));
    Files.createDirectories(directory.resolve("v2"));
    Random random = new Random(SEED);
    for (int i = 0; i < COUNT; i++) {
      Map<String, OnnxTensor> row = new LinkedHashMap<>();
      for (RandomInput input : inputs) {
        row.put(input.name(), input.row(network.environment(), random));
      }
      try (OrtSession.Result result = network.session().run(row)) {
        write("%02d".formatted(i), texts(row), texts(result));
      }
      row.values().forEach(OnnxTensor::close);
    }
  }

  private void write(String name, List<TensorText> row, List<TensorText> result)
      throws IOException {
    write("own", name, object(fields(row)), object(fields(result)));
    String id = "\"id\":\"" + name + "\",";
    write(
        "v2",
        name,
        object(id + "\"inputs\":" + tensors(row, "")),
        object(
            "\"model_name\":\"network\",%s\"parameters\":{},\"outputs\":%s"
                .formatted(id, tensors(result, CONTENT_TYPE))));
  }

  private void write(String protocol, String name, String request, String reply)
      throws IOException {
    Path folder = directory.resolve(protocol);
    Files.writeString(folder.resolve(name + ".request"), HEAD + request);
    Files.writeString(folder.resolve(name + ".reply"), reply);
  }

  private static List<TensorText> texts(Map<String, OnnxTensor> tensors) {
    return tensors.entrySet().stream()
        .map(each -> new TensorText(each.getKey(), each.getValue()))
        .toList();
  }

  private static List<TensorText> texts(OrtSession.Result result) {
    List<TensorText> texts = new ArrayList<>();
    for (Map.Entry<String, OnnxValue> output : result) {
      texts.add(new TensorText(output.getKey(), (OnnxTensor) output.getValue()));
    }
    return texts;
  }

  private static String fields(List<TensorText> texts) {
    return texts.stream().map(TensorText::field).collect(Collectors.joining(","));
  }

  private static String tensors(List<TensorText> texts, String more) {
    return texts.stream().map(text -> text.v2(more)).collect(Collectors.joining(",", "[", "]"));
  }

  private static String object(String fields) {
    return "{" + fields + "}";
  }
}
