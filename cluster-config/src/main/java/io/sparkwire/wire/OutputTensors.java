package io.sparkwire.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.sparkwire.message.ServiceReply;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The outputs that the replies to rows make: one for each field of their objects, or one of all
 * replies if they are no objects. Confined to one thread.
 */
final class OutputTensors {

  /** The output of replies that are no objects. */
  static final String REPLY = "reply";

  /** A column while rows are gathered: its name as JSON has it, and its values. */
  private static final class Gathered {

    final byte[] quoted;
    final JsonSlice[] values;

    Gathered(String name, int rows) {
      this.quoted =
          ('"' + new String(JsonStringEncoder.getInstance().quoteAsString(name)) + '"')
              .getBytes(UTF_8);
      this.values = new JsonSlice[rows];
      Arrays.fill(values, JsonSlice.OF_NULL);
    }
  }

  private final Map<String, Gathered> byName = new LinkedHashMap<>();
  private final List<Gathered> inOrder = new ArrayList<>();
  private final int rows;
  private int place;

  private OutputTensors(List<TensorColumn> known, int rows) {
    this.rows = rows;
    known.forEach(column -> add(column.name()));
  }

  private Gathered add(String name) {
    Gathered added = new Gathered(name, rows);
    byName.put(name, added);
    inOrder.add(added);
    return added;
  }

  /**
   * All outputs, by their names.
   *
   * @param ddl the schema of replies; empty if it is not known
   */
  static Map<String, OutputTensor> of(String ddl, List<ServiceReply> ofRows) {
    List<JsonSlice> values =
        ofRows.stream().map(reply -> JsonSlice.at(JsonReplies.value(reply), 0)).toList();
    Optional<List<TensorColumn>> known = TensorColumns.of(ddl, REPLY);
    boolean objects = known.isEmpty() || !TensorColumns.isOneType(ddl);
    if (!objects || !values.stream().allMatch(value -> value.isObject() || value.isNull())) {
      TensorColumn single = objects ? null : known.get().get(0);
      return Map.of(REPLY, OutputTensor.of(REPLY, single, values));
    }
    return ofFields(known.orElse(List.of()), values);
  }

  private static Map<String, OutputTensor> ofFields(
      List<TensorColumn> known, List<JsonSlice> values) {
    OutputTensors gathered = new OutputTensors(known, values.size());
    for (int row = 0; row < values.size(); row++) {
      gathered.take(row, values.get(row));
    }
    Map<String, TensorColumn> types =
        known.stream().collect(Collectors.toMap(TensorColumn::name, column -> column, (a, b) -> a));
    Map<String, OutputTensor> outputs = new LinkedHashMap<>();
    gathered.byName.forEach(
        (name, column) ->
            outputs.put(
                name, OutputTensor.of(name, types.get(name), Arrays.asList(column.values))));
    return Collections.unmodifiableMap(outputs);
  }

  private void take(int row, JsonSlice object) {
    if (object.isNull()) {
      return;
    }
    place = 0;
    object.members((name, value) -> column(name).values[row] = value);
  }

  /** Most rows have all columns in their order, so that a name is seldom looked up. */
  private Gathered column(JsonSlice name) {
    if (place < inOrder.size() && name.is(inOrder.get(place).quoted)) {
      return inOrder.get(place++);
    }
    String text = name.string();
    Gathered known = byName.get(text);
    place = inOrder.indexOf(known) + 1;
    return known == null ? add(text) : known;
  }
}
