package io.sparkwire.httpclient;

import static org.apache.spark.sql.functions.lit;

import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** Makes text of bodies, read as UTF-8. Runs on: driver. Not thread-safe. */
public final class StringOutputParser extends HttpOutputParser<StringOutputParser> {

  private static final long serialVersionUID = 1;

  public StringOutputParser(String uid) {
    super(uid);
  }

  public StringOutputParser() {
    this(randomUid("stringOutput"));
  }

  public static MLReader<StringOutputParser> read() {
    return new DefaultParamsReader<>();
  }

  public static StringOutputParser load(String path) {
    return read().load(path);
  }

  @Override
  DataType valueType() {
    return DataTypes.StringType;
  }

  @Override
  Column parse(Column response, DataType type) {
    Column content = response.getField("entity").getField("content");
    return ParsedStruct.of(content.cast(DataTypes.StringType), lit(null), lit(null));
  }
}
