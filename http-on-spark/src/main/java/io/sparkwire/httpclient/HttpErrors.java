package io.sparkwire.httpclient;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.when;

import io.sparkwire.httpclient.calls.Failures;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataTypes;

/** The error column. Stateless. Runs on: driver. */
final class HttpErrors {

  private static final int START_OF_BODY = 1_000;

  private HttpErrors() {}

  /**
   * Why there is no value; null if there is one.
   *
   * @param outcome of {@link HttpSchema#OUTCOME}
   * @param parsed as in {@link ParsedStruct}
   */
  static Column of(Column outcome, Column parsed) {
    Column response = outcome.getField("response");
    Column content = response.getField("entity").getField("content").cast(DataTypes.StringType);
    Column ofParser =
        struct(
            response.getField("statusLine").getField("statusCode").as("status"),
            outcome.getField("attempts").as("attempts"),
            coalesce(
                    parsed.getField(ParsedStruct.EXCEPTION),
                    lit(Failures.name(NoValueException.class)))
                .as("exception"),
            coalesce(
                    parsed.getField(ParsedStruct.MESSAGE), lit("the body has no value: it is null"))
                .as("message"),
            substring(content, 1, START_OF_BODY).as("body"));
    return when(
        parsed.getField(ParsedStruct.VALUE).isNull(),
        coalesce(outcome.getField("error"), ofParser));
  }
}
