package io.sparkwire.onnx;

import java.util.Map;
import org.apache.spark.sql.catalyst.util.ArrayBasedMapData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.unsafe.types.UTF8String;

/** An output that has a map for each row, such as probabilities by the labels of their classes. */
record MapColumn(StructField field, String output) implements NetworkColumn {

  @Override
  public Object value(RowOutputs row) {
    Map<?, ?> map = row.map(output);
    Object[] keys = new Object[map.size()];
    Object[] values = new Object[map.size()];
    int i = 0;
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      keys[i] = entry.getKey() instanceof String key ? UTF8String.fromString(key) : entry.getKey();
      values[i] = entry.getValue();
      i++;
    }
    return new ArrayBasedMapData(new GenericArrayData(keys), new GenericArrayData(values));
  }
}
