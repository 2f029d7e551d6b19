package io.sparkwire.httpclient;

import java.util.Arrays;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** A stage that turns responses into values. Runs on: driver. Not thread-safe. */
public abstract class HttpOutputParser<S extends HttpOutputParser<S>> extends HttpParser<S> {

  private static final long serialVersionUID = 1;

  HttpOutputParser(String uid) {
    super(uid);
  }

  @Override
  final void check(String column, DataType type) {
    boolean isResponse =
        type instanceof StructType struct
            && Arrays.asList(struct.fieldNames()).contains("entity")
            && struct.apply("entity").dataType() instanceof StructType entity
            && Arrays.asList(entity.fieldNames()).contains("content")
            && entity.apply("content").dataType().equals(DataTypes.BinaryType);
    if (!isResponse) {
      throw new IllegalArgumentException(
          "column '"
              + column
              + "' must be a response, with entity.content, but it is "
              + type.simpleString()
              + "; make it with HttpTransformer or http_call");
    }
  }
}
