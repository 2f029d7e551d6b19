package io.sparkwire.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtException;
import io.sparkwire.onnx.session.NetworkId;
import io.sparkwire.onnx.session.SessionSettings;
import io.sparkwire.onnx.session.Sessions;
import io.sparkwire.onnx.session.SharedSession;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a network makes of batches, and of rows that it does not take. */
class NetworkFunctionTest {

  private static final DataType INTS = DataTypes.createArrayType(DataTypes.IntegerType);

  private final Sessions sessions = Sessions.OF_JVM;
  private NetworkId opened;

  @AfterEach
  void close() {
    if (opened != null) {
      sessions.release(opened, this, false);
    }
  }

  private List<InternalRow> compute(OnnxModel model, StructType columns, Object... values)
      throws Exception {
    NetworkPlan plan = new NetworkPlanner(model.signature(), model, columns).plan();
    return compute(model, plan, values);
  }

  private List<InternalRow> compute(OnnxModel model, NetworkPlan plan, Object... values)
      throws Exception {
    NetworkFile file = new NetworkFile(bytes(model));
    opened = file.id(model.settings());
    SharedSession session = sessions.acquire(opened, file::bytes, this);
    List<InternalRow> rows =
        Arrays.stream(values)
            .map(value -> (InternalRow) new GenericInternalRow(new Object[] {value}))
            .toList();
    return new NetworkFunction(plan, session).compute(rows);
  }

  private static byte[] bytes(OnnxModel model) {
    return Networks.bytes(
        model.signature().inputs().get(0).name().equals("index") ? "pick" : "linear");
  }

  private static GenericArrayData array(Object... elements) {
    return new GenericArrayData(elements);
  }

  private void refuses(String message, DataType type, Object value) {
    StructType columns = new StructType().add("x", type);
    assertThatThrownBy(() -> compute(Networks.model("linear"), columns, array(1, 2, 3), value))
        .isInstanceOf(Exception.class);
    assertThatThrownBy(() -> compute(Networks.model("linear"), columns, value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void aRowThatDoesNotFitIsRefusedInWords() {
    refuses(
        "input 'x' of the network takes FLOAT[3] in each row, got [2] in column 'x'",
        INTS,
        array(1, 2));
    refuses("an array has null at 1, where a value must be", INTS, array(1, null, 3));
  }

  @Test
  void aRowOnWhichTheNetworkFailsFailsTheWholeBatch() throws Exception {
    StructType columns = new StructType().add("index", DataTypes.LongType);
    OnnxModel model = Networks.model("pick");
    List<InternalRow> results = compute(model, columns, 2L, 0L, -1L);
    assertThat(results.stream().map(row -> row.getLong(0))).containsExactly(30L, 10L, 30L);
    assertThatThrownBy(() -> compute(model, columns, 2L, 3L))
        .isInstanceOf(OrtException.class)
        .hasMessageContaining("indices element out of data bounds");
  }

  @Test
  void numbersThatTheTypeOfAnInputCannotHoldAreRefused() {
    StructType columns = new StructType().add("index", DataTypes.DoubleType);
    assertThatThrownBy(() -> compute(Networks.model("pick"), columns, 0.5))
        .hasMessage("input 'index' of the network takes INT64, got 0.5");
  }

  @Test
  void whereThereIsNoCudaItIsSaid() {
    OnnxModel model = Networks.model("linear").setExecutionProvider("cuda");
    StructType columns = new StructType().add("x", INTS);
    assertThatThrownBy(() -> compute(model, columns, array(1, 2, 3)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("the execution provider CUDA is not there: put onnxruntime_gpu");
    assertThat(model.settings().provider()).isEqualTo(SessionSettings.ExecutionProvider.CUDA);
  }
}
