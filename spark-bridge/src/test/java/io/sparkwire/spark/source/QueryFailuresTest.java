package io.sparkwire.spark.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sparkwire.spark.TestSpark;
import java.util.List;
import org.apache.spark.SparkEnv;
import org.apache.spark.SparkException;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.errors.QueryExecutionErrors;
import org.apache.spark.sql.execution.streaming.continuous.EpochCoordinatorRef;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestSpark.class)
class QueryFailuresTest {

  private final SparkSession spark;

  QueryFailuresTest(SparkSession spark) {
    this.spark = spark;
  }

  @Test
  void aMissingCoordinatorIsALostDriver() {
    Throwable lost = catchThrowable(() -> EpochCoordinatorRef.get("nobody", SparkEnv.get()));

    assertThat(lost).isInstanceOf(SparkException.class);
    assertThat(QueryFailures.isLostDriver(lost)).isTrue();
  }

  @Test
  void noEpochMarkerIsLostContact() {
    assertThat(
            QueryFailures.isLostDriver(QueryExecutionErrors.failedToGenerateEpochMarkerError(null)))
        .isTrue();
  }

  @Test
  void aPipelineThatThrowsIsNot() {
    UDF1<Long, Long> broken =
        number -> {
          throw new IllegalStateException("poison");
        };
    Throwable thrown =
        catchThrowable(
            () ->
                spark // evaluates this without a task, which it would try again and again
                    .createDataset(List.of(1L), Encoders.LONG())
                    .select(functions.udf(broken, DataTypes.LongType).apply(functions.col("value")))
                    .collect());

    assertThat(thrown).hasStackTraceContaining("poison");
    assertThat(QueryFailures.isLostDriver(thrown)).isFalse();
  }
}
