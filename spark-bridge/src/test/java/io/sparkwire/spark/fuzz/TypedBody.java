package io.sparkwire.spark.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sparkwire.http.RawHttp;
import io.sparkwire.spark.catalyst.Ddl;
import io.sparkwire.spark.json.BodyGenerator;
import io.sparkwire.spark.json.BodyReference;
import io.sparkwire.spark.json.JsonReference;
import java.io.IOException;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Random;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** A body for a service whose schema has all types, which replies with what it read. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record TypedBody(byte[] body) implements HostileInput {

  static final StructType SCHEMA =
      Ddl.columns(
          "f0 BOOLEAN, f1 TINYINT, f2 SMALLINT, f3 INT NOT NULL, f4 BIGINT, f5 FLOAT,"
              + " f6 DOUBLE NOT NULL, f7 DECIMAL(10,2), f8 DECIMAL(38,18), f9 STRING, fa BINARY,"
              + " fb DATE, fc TIMESTAMP, fd TIMESTAMP_NTZ, fe VECTOR, ff VECTOR(2),"
              + " fg ARRAY<BIGINT>, fh MAP<STRING, DOUBLE>,"
              + " fi STRUCT<f0: INT NOT NULL, f1: ARRAY<STRUCT<f0: STRING>>>,"
              + " fj ARRAY<DECIMAL(3,3)>, fk MAP<STRING, STRUCT<f0: DATE>>, fl ARRAY<INT>(2)");

  /** The same, with microseconds for times, and arrays for vectors. */
  static final StructType REPLY_SCHEMA =
      Ddl.columns(
          "f0 BOOLEAN, f1 TINYINT, f2 SMALLINT, f3 INT NOT NULL, f4 BIGINT, f5 FLOAT,"
              + " f6 DOUBLE NOT NULL, f7 DECIMAL(10,2), f8 DECIMAL(38,18), f9 STRING, fa BINARY,"
              + " fb DATE, fc BIGINT, fd BIGINT, fe ARRAY<DOUBLE>, ff ARRAY<DOUBLE>,"
              + " fg ARRAY<BIGINT>, fh MAP<STRING, DOUBLE>,"
              + " fi STRUCT<f0: INT NOT NULL, f1: ARRAY<STRUCT<f0: STRING>>>,"
              + " fj ARRAY<DECIMAL(3,3)>, fk MAP<STRING, STRUCT<f0: DATE>>, fl ARRAY<INT>");

  private static final BodyReference REFERENCE = new BodyReference(ZoneOffset.UTC);
  private static final int FIELDS = 6;

  /** A body with a few of the fields. */
  static HostileInput generated(Random random) {
    StructField[] some =
        Arrays.stream(SCHEMA.fields())
            .filter(f -> !f.nullable() || random.nextInt(SCHEMA.length()) < FIELDS)
            .toArray(StructField[]::new);
    return new TypedBody(new BodyGenerator(random).body(new StructType(some)));
  }

  @Override
  public void check(Wire wire) throws IOException {
    RawHttp.Response response =
        wire.post(wire.typed(), "/typed", "Content-Type: application/json\r\n", body);
    if (response.status() != 200) {
      Refusals.isProblem(response);
    }
    String expected;
    try {
      expected = REFERENCE.read(body, SCHEMA);
    } catch (JsonReference.Refused e) {
      expected = "refused";
    } catch (BodyReference.Unsaid e) {
      return;
    }
    String seen =
        response.status() == 200
            ? REFERENCE.read(response.body().getBytes(UTF_8), REPLY_SCHEMA)
            : "refused";
    assertThat(seen).as("%s", response).isEqualTo(expected);
  }

  @Override
  public String shown() {
    return Escaped.of(body);
  }
}
