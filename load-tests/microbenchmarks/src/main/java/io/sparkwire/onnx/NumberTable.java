package io.sparkwire.onnx;

import ai.onnxruntime.OnnxJavaType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * The rows of a batch: arrays of small whole numbers by chance, each {@code int[]} or {@code
 * float[]} as the network takes them. Immutable.
 */
record NumberTable(OnnxJavaType type, List<Object> rows) {

  private static final int MOST = 255;

  /**
   * Makes it.
   *
   * @param length of each row
   * @throws IllegalArgumentException if the type is neither INT32 nor FLOAT
   */
  static NumberTable random(OnnxJavaType type, int rows, int length) {
    Random random = new Random(1);
    List<Object> table = new ArrayList<>(rows);
    for (int i = 0; i < rows; i++) {
      int[] numbers = random.ints(length, 0, MOST + 1).toArray();
      table.add(
          switch (type) {
            case INT32 -> numbers;
            case FLOAT -> floats(numbers);
            default ->
                throw new IllegalArgumentException("the input must be INT32 or FLOAT, got " + type);
          });
    }
    return new NumberTable(type, table);
  }

  private static float[] floats(int[] numbers) {
    float[] floats = new float[numbers.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) numbers[i] / MOST;
    }
    return floats;
  }

  /** How Spark names the type of a row. */
  String sqlType() {
    return type == OnnxJavaType.INT32 ? "ARRAY<INT>" : "ARRAY<FLOAT>";
  }

  List<Row> sparkRows() {
    return rows.stream().map(row -> RowFactory.create(row)).toList();
  }

  /** Some rows one after the other. */
  void put(int from, int to, ByteBuffer into) {
    into.clear().order(ByteOrder.nativeOrder());
    for (Object row : rows.subList(from, to)) {
      if (row instanceof int[] ints) {
        into.asIntBuffer().put(ints);
        into.position(into.position() + ints.length * Integer.BYTES);
      } else {
        float[] floats = (float[]) row;
        into.asFloatBuffer().put(floats);
        into.position(into.position() + floats.length * Float.BYTES);
      }
    }
    into.flip();
  }
}
