package io.sparkwire.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkwire.spark.TestSpark;
import org.apache.spark.sql.RuntimeConfig;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

class OneOffQueriesTest {

  private static final String ADAPTIVE = "spark.sql.adaptive.enabled";
  private static final String WHOLE_STAGE = "spark.sql.codegen.wholeStage";

  private final SparkSession spark = TestSpark.session().newSession();
  private final RuntimeConfig conf = spark.conf();

  @Test
  void codeIsNotGeneratedDuringTheWorkAndIsAgainAfterIt() {
    conf.set(ADAPTIVE, "true");

    String during = OneOffQueries.during(spark, () -> conf.get(WHOLE_STAGE) + conf.get(ADAPTIVE));

    assertThat(during).isEqualTo("falsefalse");
    assertThat(conf.contains(WHOLE_STAGE)).isFalse();
    assertThat(conf.get(ADAPTIVE)).isEqualTo("true");
  }

  @Test
  void whatTheUserSetIsPutBackAlthoughTheWorkFails() {
    conf.set(WHOLE_STAGE, "true");

    assertThatThrownBy(
            () ->
                OneOffQueries.during(
                    spark,
                    () -> {
                      throw new IllegalStateException("no model");
                    }))
        .hasMessage("no model");
    assertThat(conf.get(WHOLE_STAGE)).isEqualTo("true");
    assertThat(conf.contains(ADAPTIVE)).isFalse();
  }
}
