package io.sparkwire.spark.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Values of the three columns as tensors, and what a request or reply says of them. Immutable. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Tensors(long[] values, List<String> names, double[] points) {

  static Tensors of(Random random) {
    int rows = random.nextInt(random.nextInt(10) == 0 ? FuzzedServices.MAX_ROWS + 1 : 6);
    return new Tensors(
        LongStream.generate(() -> RowValues.number(random)).limit(rows).toArray(),
        IntStream.range(0, rows).mapToObj(i -> RowValues.name(random)).toList(),
        DoubleStream.generate(() -> RowValues.coordinate(random)).limit(2L * rows).toArray());
  }

  /** All rows, as {@link RowValues} writes them. */
  List<String> rows() {
    JsonNodeFactory json = JsonNodeFactory.instance;
    return IntStream.range(0, values.length)
        .mapToObj(
            i ->
                RowValues.row(
                    json.numberNode(values[i]),
                    json.textNode(names.get(i)),
                    json.arrayNode().add(points[2 * i]).add(points[2 * i + 1])))
        .toList();
  }

  /** A whole body in JSON, flat or nested. */
  String json(Random random) {
    boolean nested = random.nextBoolean();
    String flat = joined(DoubleStream.of(points).mapToObj(Double::toString).toList());
    String pairs =
        IntStream.range(0, values.length)
            .mapToObj(i -> "[" + points[2 * i] + ", " + points[2 * i + 1] + "]")
            .collect(Collectors.joining(","));
    String numbers = joined(LongStream.of(values).mapToObj(Long::toString).toList());
    return "{\"id\":\"i\", \"inputs\":["
        + input("value", "INT64", "", "\"data\":[" + numbers + "]")
        + ","
        + input(
            "name",
            "BYTES",
            "",
            "\"data\":[" + joined(names.stream().map(RowValues::text).toList()) + "]")
        + ","
        + input(
            "point",
            random.nextBoolean() ? "FP32" : "FP64",
            ",2",
            "\"data\":[" + (nested ? pairs : flat) + "]")
        + "]}";
  }

  private static String joined(List<String> all) {
    return String.join(",", all);
  }

  private String input(String name, String type, String shape, String rest) {
    return "{\"name\":\"%s\",\"datatype\":\"%s\",\"shape\":[%d%s],%s}"
        .formatted(name, type, values.length, shape, rest);
  }

  /** The JSON of a body in binary. */
  String binaryHead(Random random) {
    int text = names.stream().mapToInt(n -> Integer.BYTES + n.getBytes(UTF_8).length).sum();
    return "{\"inputs\":["
        + input(
            "value", "INT64", random.nextBoolean() ? "" : ",1", size(Long.BYTES * values.length))
        + ","
        + input("name", "BYTES", "", size(text))
        + ","
        + input("point", "FP64", ",2", size(Double.BYTES * points.length))
        + "]}";
  }

  private static String size(int bytes) {
    return "\"parameters\":{\"binary_data_size\":" + bytes + "}";
  }

  /** What follows it. */
  byte[] binaryData() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    LongStream.of(values).forEach(v -> all.writeBytes(little(Long.BYTES).putLong(v).array()));
    all.writeBytes(namesInBinary());
    DoubleStream.of(points).forEach(p -> all.writeBytes(little(Double.BYTES).putDouble(p).array()));
    return all.toByteArray();
  }

  byte[] namesInBinary() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (String name : names) {
      byte[] text = name.getBytes(UTF_8);
      all.writeBytes(little(Integer.BYTES).putInt(text.length).array());
      all.writeBytes(text);
    }
    return all.toByteArray();
  }

  static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * The rows of tensors as they are written in JSON.
   *
   * @param binary what follows the JSON; may be null
   */
  static List<String> rows(JsonNode tensors, byte[] binary) {
    ByteBuffer data = ByteBuffer.wrap(binary == null ? new byte[0] : binary);
    data.order(ByteOrder.LITTLE_ENDIAN);
    List<JsonNode> values = List.of();
    List<JsonNode> names = List.of();
    List<JsonNode> points = List.of();
    for (JsonNode tensor : tensors) {
      List<JsonNode> flat = elements(tensor, data);
      switch (tensor.path("name").asText()) {
        case "value" -> values = flat;
        case "name" -> names = flat;
        case "point" -> points = flat;
        default -> {}
      }
    }
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      rows.add(RowValues.row(values.get(i), at(names, i), pair(points, i)));
    }
    return rows;
  }

  private static JsonNode at(List<JsonNode> all, int i) {
    return i < all.size() ? all.get(i) : MissingNode.getInstance();
  }

  private static JsonNode pair(List<JsonNode> points, int i) {
    ArrayNode pair = JsonNodeFactory.instance.arrayNode();
    if (points.size() <= 2 * i + 1 || points.get(2 * i).isNull()) {
      return MissingNode.getInstance();
    }
    return pair.add(points.get(2 * i)).add(points.get(2 * i + 1));
  }

  private static List<JsonNode> elements(JsonNode tensor, ByteBuffer data) {
    List<JsonNode> flat = new ArrayList<>();
    JsonNode size = tensor.path("parameters").path("binary_data_size");
    if (size.isMissingNode()) {
      flatten(tensor.path("data"), flat);
    } else {
      byte[] own = new byte[size.asInt()];
      data.get(own);
      decode(
          tensor.path("datatype").asText(),
          ByteBuffer.wrap(own).order(ByteOrder.LITTLE_ENDIAN),
          flat);
    }
    return flat;
  }

  private static void flatten(JsonNode node, List<JsonNode> into) {
    if (node.isArray()) {
      node.forEach(element -> flatten(element, into));
    } else {
      into.add(node);
    }
  }

  private static void decode(String type, ByteBuffer data, List<JsonNode> into) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    while (data.hasRemaining()) {
      switch (type) {
        case "INT64" -> into.add(json.numberNode(data.getLong()));
        case "UINT64" ->
            into.add(
                json.numberNode(new java.math.BigInteger(Long.toUnsignedString(data.getLong()))));
        case "FP64" -> into.add(json.numberNode(data.getDouble()));
        case "FP32" -> into.add(json.numberNode(data.getFloat()));
        case "INT32" -> into.add(json.numberNode(data.getInt()));
        case "UINT32" -> into.add(json.numberNode(Integer.toUnsignedLong(data.getInt())));
        case "INT16" -> into.add(json.numberNode(data.getShort()));
        case "UINT16" -> into.add(json.numberNode(Short.toUnsignedInt(data.getShort())));
        case "INT8" -> into.add(json.numberNode(data.get()));
        case "UINT8" -> into.add(json.numberNode(Byte.toUnsignedInt(data.get())));
        case "BYTES" -> {
          byte[] text = new byte[data.getInt()];
          data.get(text);
          into.add(json.textNode(new String(text, UTF_8)));
        }
        default -> throw new AssertionError("taken although its datatype is " + type);
      }
    }
  }
}
