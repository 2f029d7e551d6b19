package com.acme;

import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** A stage that is not Spark's own, whose class records that it was initialized. */
public final class RecordingStage extends Transformer {

  private static final long serialVersionUID = 1;

  static {
    System.setProperty("com.acme.RecordingStage", "initialized");
  }

  private final String uid;

  public RecordingStage(String uid) {
    this.uid = uid;
  }

  public static MLReader<RecordingStage> read() {
    return new DefaultParamsReader<>();
  }

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public Dataset<Row> transform(Dataset<?> rows) {
    return rows.toDF();
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return schema;
  }

  @Override
  public RecordingStage copy(ParamMap extra) {
    return this;
  }
}
