package io.sparkwire.schema;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExampleTest {

  private static String of(String ddl) {
    return Example.of(Ddl.columns(ddl)).encode();
  }

  @Test
  void everyTypeHasAValueOrNull() {
    assertThat(of("a BIGINT,b DOUBLE,c DECIMAL(5,2),d DECIMAL(2,2),e STRING,f BOOLEAN,g BINARY"))
        .isEqualTo("{\"a\":1,\"b\":1,\"c\":1,\"d\":0.01,\"e\":\"text\",\"f\":true,\"g\":\"AQID\"}");
    assertThat(of("a DATE,b TIMESTAMP,c TIMESTAMP_NTZ,d TIME(6)"))
        .isEqualTo(
            "{\"a\":\"2026-01-31\",\"b\":\"2026-01-31T12:00:00Z\","
                + "\"c\":\"2026-01-31T12:00:00\",\"d\":\"12:00:00\"}");
    assertThat(of("a VOID,b VARIANT,c GEOGRAPHY(4326)"))
        .isEqualTo("{\"a\":null,\"b\":null,\"c\":null}");
  }

  @Test
  void typesWithinOthersHaveThem() {
    assertThat(of("a ARRAY<INT>,b MAP<STRING, DATE>,c STRUCT<d: ARRAY<STRUCT<e: INT>>>"))
        .isEqualTo("{\"a\":[1],\"b\":{\"key\":\"2026-01-31\"},\"c\":{\"d\":[{\"e\":1}]}}");
    assertThat(of("a VECTOR(2),b VECTOR")).isEqualTo("{\"a\":[1,1],\"b\":[1,1,1]}");
    assertThat(of("a ARRAY<INT>(3),b ARRAY<STRING>(0),c ARRAY<BOOLEAN>(2)"))
        .isEqualTo("{\"a\":[1,1,1],\"b\":[],\"c\":[true,true]}");
  }
}
