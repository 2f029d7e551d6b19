package io.sparkwire.onnx;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.InternalRow;

/** The rows of a batch that one run of a network can take: those of equal shapes. Stateless. */
final class RowGroups {

  private RowGroups() {}

  /**
   * A row's arguments and their shapes.
   *
   * @param place of the row in its batch
   * @param shapes of its values, one for each input
   */
  record Member(int place, InternalRow row, List<int[]> shapes) {

    Object value(int input, InputColumn column) {
      return row.get(input, column.type());
    }
  }

  /**
   * The rows, grouped. A row with a null is in none.
   *
   * @param alone whether each row is to be a group of its own
   * @throws IllegalArgumentException if the network does not take a row
   */
  static Collection<List<Member>> of(
      List<InternalRow> rows, List<InputColumn> inputs, boolean alone) {
    Map<List<Integer>, List<Member>> groups = new LinkedHashMap<>();
    for (int place = 0; place < rows.size(); place++) {
      if (!hasNull(rows.get(place), inputs.size())) {
        Member member = member(place, rows.get(place), inputs);
        List<Integer> key = alone ? List.of(place) : key(member, inputs);
        groups.computeIfAbsent(key, shapes -> new ArrayList<>()).add(member);
      }
    }
    return groups.values();
  }

  private static boolean hasNull(InternalRow row, int columns) {
    for (int i = 0; i < columns; i++) {
      if (row.isNullAt(i)) {
        return true;
      }
    }
    return false;
  }

  private static Member member(int place, InternalRow row, List<InputColumn> inputs) {
    List<int[]> shapes = new ArrayList<>(inputs.size());
    for (int i = 0; i < inputs.size(); i++) {
      InputColumn input = inputs.get(i);
      int[] own = ColumnValue.shape(row.get(i, input.type()), input.type());
      shapes.add(input.fitted(own));
    }
    return new Member(place, row, shapes);
  }

  /** All lengths that rows of one run must have in common. */
  private static List<Integer> key(Member member, List<InputColumn> inputs) {
    List<Integer> key = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      if (!inputs.get(i).isPadded()) {
        for (int length : member.shapes().get(i)) {
          key.add(length);
        }
      }
    }
    return key;
  }
}
