package io.sparkwire.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import io.sparkwire.onnx.RowGroups.Member;
import io.sparkwire.onnx.session.Batching;
import io.sparkwire.onnx.session.SharedSession;
import io.sparkwire.onnx.session.TensorBuffer;
import io.sparkwire.spark.batch.BatchFunction;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;

/**
 * A network as a function of batches, for one task: it makes tensors of columns and columns of
 * tensors.
 *
 * <p>Rows of equal shapes are computed in one run. Where a row has a null, all of its results are
 * null.
 */
final class NetworkFunction implements BatchFunction {

  private final NetworkPlan plan;
  private final SharedSession session;
  private final List<TensorBuffer> buffers;
  private final Set<String> outputs;

  NetworkFunction(NetworkPlan plan, SharedSession session) {
    this.plan = plan;
    this.session = session;
    this.buffers = plan.inputs().stream().map(column -> new TensorBuffer(column.input())).toList();
    this.outputs = plan.outputs();
  }

  @Override
  public List<InternalRow> compute(List<InternalRow> rows)
      throws OrtException, InterruptedException {
    InternalRow[] results = new InternalRow[rows.size()];
    Arrays.fill(results, new GenericInternalRow(plan.columns().size()));
    boolean alone = plan.batching() != Batching.ANY;
    for (List<Member> group : RowGroups.of(rows, plan.inputs(), alone)) {
      run(group, results);
    }
    return Arrays.asList(results);
  }

  private void run(List<Member> rows, InternalRow[] results)
      throws OrtException, InterruptedException {
    Map<String, OnnxTensor> tensors = new HashMap<>();
    try {
      for (int i = 0; i < plan.inputs().size(); i++) {
        tensors.put(plan.inputs().get(i).input().name(), tensor(i, rows));
      }
      boolean hasAxis = plan.batching().hasAxis();
      Outputs made =
          session.run(tensors, outputs, result -> Outputs.copy(result, rows.size(), hasAxis));
      for (int row = 0; row < rows.size(); row++) {
        results[rows.get(row).place()] = result(made, row, rows.get(row));
      }
    } finally {
      tensors.values().forEach(OnnxTensor::close);
    }
  }

  /** The values of one input, of all rows. */
  private OnnxTensor tensor(int input, List<Member> rows) throws OrtException {
    InputColumn column = plan.inputs().get(input);
    TensorBuffer buffer = buffers.get(input);
    int[] shape = rows.get(0).shapes().get(input);
    if (column.isPadded()) {
      shape = new int[] {longest(input, rows)};
    }
    buffer.clear();
    for (Member row : rows) {
      ColumnValue.put(row.value(input, column), column.type(), buffer);
      if (column.isPadded()) {
        buffer.pad(shape[0] - row.shapes().get(input)[0]);
      }
    }
    return buffer.tensor(withRows(rows.size(), shape));
  }

  private static int longest(int input, List<Member> rows) {
    return rows.stream().mapToInt(row -> row.shapes().get(input)[0]).max().orElseThrow();
  }

  private long[] withRows(int rows, int[] shape) {
    int axes = plan.batching().hasAxis() ? 1 : 0;
    long[] all = new long[axes + shape.length];
    Arrays.fill(all, 0, axes, rows);
    for (int i = 0; i < shape.length; i++) {
      all[axes + i] = shape[i];
    }
    return all;
  }

  private InternalRow result(Outputs made, int row, Member member) {
    RowOutputs outputsOfRow = new RowOutputs(made, row, member.row(), plan, length(member));
    Object[] values = new Object[plan.columns().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = plan.columns().get(i).value(outputsOfRow);
    }
    return new GenericInternalRow(values);
  }

  /** The length of a row's padded inputs, before they were padded. */
  private int length(Member row) {
    for (int i = 0; i < plan.inputs().size(); i++) {
      if (plan.inputs().get(i).isPadded()) {
        return row.shapes().get(i)[0];
      }
    }
    return 0;
  }
}
