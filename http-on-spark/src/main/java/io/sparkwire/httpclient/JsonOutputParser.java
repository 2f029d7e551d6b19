package io.sparkwire.httpclient;

import io.sparkwire.spark.catalyst.Ddl;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;

/**
 * Makes values of bodies in JSON, by the rules of Spark's {@code from_json}.
 *
 * <p>Unlike that function it makes null of a body that is no JSON, or not of the type; an error
 * column says why. Fields that are not in the type are skipped. Runs on: driver. Not thread-safe.
 */
public final class JsonOutputParser extends HttpOutputParser<JsonOutputParser> {

  private static final long serialVersionUID = 1;

  private final Param<String> dataType;

  public JsonOutputParser(String uid) {
    super(uid);
    this.dataType = new Param<>(this, "dataType", "the type of the values, as JSON or DDL");
  }

  public JsonOutputParser() {
    this(randomUid("jsonOutput"));
  }

  public static MLReader<JsonOutputParser> read() {
    return new DefaultParamsReader<>();
  }

  public static JsonOutputParser load(String path) {
    return read().load(path);
  }

  public Param<String> dataType() {
    return dataType;
  }

  /** The type of the values: any that {@code from_json} can read, plain ones too. */
  public JsonOutputParser setDataType(DataType value) {
    return with(dataType, value.json());
  }

  /**
   * The same as DDL.
   *
   * @param ddl for example {@code DOUBLE}, or {@code score DOUBLE, label STRING}
   */
  public JsonOutputParser setDataType(String ddl) {
    return setDataType(Ddl.type(ddl));
  }

  @Override
  DataType valueType() {
    if (!isDefined(dataType)) {
      throw new IllegalArgumentException("stage '" + uid() + "' has no type; call setDataType");
    }
    return JsonColumn.nullable(DataType.fromJson($(dataType)));
  }

  @Override
  Column parse(Column response, DataType type) {
    return JsonColumn.parse(response.getField("entity").getField("content"), valueType());
  }
}
