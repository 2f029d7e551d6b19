package io.sparkwire.spark.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.sparkwire.http.RawHttp;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A request of MLflow's scoring protocol, in one of its forms, sometimes damaged.
 *
 * @param expected the rows, if it is in order
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ScoringBody(byte[] body, List<String> expected) implements HostileInput {

  private static final String FIELDS = "Content-Type: application/json\r\n";

  static HostileInput of(Random random) {
    Tensors rows = Tensors.of(random);
    byte[] body = json(rows, random).getBytes(UTF_8);
    return random.nextInt(3) > 0
        ? new ScoringBody(body, rows.rows())
        : new ScoringBody(Damage.of(body, random), null);
  }

  private static String json(Tensors rows, Random random) {
    IntFunction<String> value = i -> "" + rows.values()[i];
    IntFunction<String> name = i -> RowValues.text(rows.names().get(i));
    IntFunction<String> point =
        i -> "[" + rows.points()[2 * i] + "," + rows.points()[2 * i + 1] + "]";
    IntFunction<String> object =
        i ->
            "{\"point\":%s,\"value\":%s,\"name\":%s}"
                .formatted(point.apply(i), value.apply(i), name.apply(i));
    IntFunction<String> list =
        i -> "[%s,%s,%s]".formatted(value.apply(i), name.apply(i), point.apply(i));
    return switch (random.nextInt(5)) {
      case 0 ->
          "{\"dataframe_split\":{\"columns\":[\"value\",\"name\",\"point\"],\"data\":%s}}"
              .formatted(all(rows, list));
      case 1 -> "{\"dataframe_records\":%s}".formatted(all(rows, object));
      case 2 -> "{\"instances\":%s,\"params\":{}}".formatted(all(rows, list));
      case 3 -> "{\"inputs\":%s}".formatted(all(rows, object));
      default ->
          "{\"inputs\":{\"value\":%s,\"name\":%s,\"point\":%s}}"
              .formatted(all(rows, value), all(rows, name), all(rows, point));
    };
  }

  private static String all(Tensors rows, IntFunction<String> element) {
    return IntStream.range(0, rows.values().length)
        .mapToObj(element)
        .collect(Collectors.joining(",", "[", "]"));
  }

  @Override
  public void check(Wire wire) throws IOException {
    RawHttp.Response response = wire.post(wire.rows(), "/invocations", FIELDS, body);
    if (response.status() != 200) {
      Refusals.isScoringError(response);
      assertThat(expected).as("what was refused: %s", response).isNull();
      return;
    }
    List<String> seen = new ArrayList<>();
    for (JsonNode made : RowValues.JSON.readTree(response.body()).path("predictions")) {
      seen.add(RowValues.row(made.path("value"), made.path("name"), made.path("point")));
    }
    if (expected != null) {
      assertThat(seen).isEqualTo(expected);
    } else {
      RowValues.read(body).ifPresent(read -> assertThat(seen).isEqualTo(rows(read)));
    }
  }

  /** What the rows of a body are, as Jackson reads it. */
  private static List<String> rows(JsonNode body) {
    for (String name : List.of("dataframe_records", "instances", "inputs")) {
      if (body.has(name)) {
        return rows(body.get(name), List.of("value", "name", "point"));
      }
    }
    List<String> columns = new ArrayList<>();
    body.path("dataframe_split").path("columns").forEach(c -> columns.add(c.asText()));
    return rows(body.path("dataframe_split").path("data"), columns);
  }

  private static List<String> rows(JsonNode data, List<String> columns) {
    List<String> rows = new ArrayList<>();
    int count = data.isObject() ? data.path("value").size() : data.size();
    for (int i = 0; i < count; i++) {
      int row = i;
      rows.add(
          RowValues.row(
              cell(data, row, "value", columns),
              cell(data, row, "name", columns),
              cell(data, row, "point", columns)));
    }
    return rows;
  }

  private static JsonNode cell(JsonNode data, int row, String column, List<String> columns) {
    if (data.isObject()) {
      return data.path(column).path(row);
    }
    JsonNode cells = data.path(row);
    int at = columns.indexOf(column);
    return cells.isArray()
        ? at < 0 ? MissingNode.getInstance() : cells.path(at)
        : cells.path(column);
  }

  @Override
  public String shown() {
    return Escaped.of(body);
  }
}
