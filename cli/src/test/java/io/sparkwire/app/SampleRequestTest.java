package io.sparkwire.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkwire.spark.catalyst.Ddl;
import java.util.Map;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class SampleRequestTest {

  private static String body(String ddl) {
    return SampleRequest.of(Ddl.columns(ddl), Map.of()).body();
  }

  @Test
  void everyTypeHasAValue() {
    assertThat(body("i INT, d DOUBLE, n DECIMAL(5, 2), s STRING, b BOOLEAN, x BINARY"))
        .isEqualTo("{\"i\":1,\"d\":1,\"n\":1,\"s\":\"text\",\"b\":true,\"x\":\"AQID\"}");
    assertThat(body("d DATE, t TIMESTAMP, n TIMESTAMP_NTZ"))
        .isEqualTo(
            "{\"d\":\"2026-01-31\",\"t\":\"2026-01-31T12:00:00Z\",\"n\":\"2026-01-31T12:00:00\"}");
    assertThat(body("a ARRAY<INT>, m MAP<STRING, STRING>, s STRUCT<x: INT>, v VARIANT"))
        .isEqualTo("{\"a\":[1],\"m\":{\"key\":\"text\"},\"s\":{\"x\":1},\"v\":null}");
    assertThat(body("a ARRAY<INT>(4), b ARRAY<STRING>(2)"))
        .isEqualTo("{\"a\":[1,1,1,1],\"b\":[\"text\",\"text\"]}");
    assertThat(body("v VECTOR(2), w ARRAY<VECTOR>, c CHAR(3)"))
        .isEqualTo("{\"v\":[1,1],\"w\":[[1,1,1]],\"c\":\"text\"}");
  }

  @Test
  void whatIsKnownGoesFirst() {
    StructType schema = StructType.fromDDL("island STRING, mass DOUBLE");
    assertThat(SampleRequest.of(schema, Map.of("island", "Dream")).body())
        .isEqualTo("{\"island\":\"Dream\",\"mass\":1}");
  }

  @Test
  void theCommandCanBePasted() {
    SampleRequest sample = new SampleRequest("{\"it's\":1}", "application/json");
    assertThat(sample.curl("http://0.0.0.0:80/a/:id", "PUT"))
        .isEqualTo(
            "curl -X PUT -H 'Content-Type: application/json' --data-binary '{\"it'\\''s\":1}'"
                + " 'http://127.0.0.1:80/a/id'");
  }
}
