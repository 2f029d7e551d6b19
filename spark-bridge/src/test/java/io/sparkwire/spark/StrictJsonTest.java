package io.sparkwire.spark;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sparkwire.history.EpochShare;
import io.sparkwire.history.Replay;
import io.sparkwire.http.RawHttp;
import io.sparkwire.intake.EpochReader;
import io.sparkwire.intake.ErrorDetail;
import io.sparkwire.intake.RetryPolicy;
import io.sparkwire.intake.ServedService;
import io.sparkwire.message.PendingRequest;
import io.sparkwire.message.TestSpec;
import io.sparkwire.node.ServingNode;
import io.sparkwire.spark.json.NonFinite;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {

  private static final String SERVICE = "strict-json";

  private final StrictJson json =
      new StrictJson(StructType.fromDDL("value INT NOT NULL"), ZoneOffset.UTC, NonFinite.REFUSE);
  private final String owner = UUID.randomUUID().toString();
  private final ServedService served =
      ServingNode.current().services().serve(TestSpec.of(SERVICE).path("/s").build(), owner);

  @AfterEach
  void stop() {
    ServingNode.current().services().release(SERVICE, owner);
    ServingNode.current().services().epochs().ended(SERVICE, "q");
  }

  /** Parses one request from HTTP; says what the client got if it was refused. */
  private RawHttp.Response refusal(String contentType, String body) throws Exception {
    try (RawHttp http = new RawHttp(served.port());
        EpochReader reader =
            ServingNode.current()
                .services()
                .epochs()
                .reader(
                    served,
                    1,
                    new EpochShare(SERVICE, "q", 1, 0),
                    new RetryPolicy(2, Replay.UNFINISHED, ErrorDetail.TYPE))) {
      http.post("/s", contentType, body.getBytes(UTF_8));
      PendingRequest request = reader.take(System.nanoTime() + TimeUnit.SECONDS.toNanos(10));
      UTF8String id = UTF8String.fromString(request.request().id().toString());
      InternalRow row =
          json.parse(id, UTF8String.fromString(contentType), request.request().body());
      assertThat(row).isNull();
      assertThat(request.isOpen()).isFalse();
      return http.receive();
    }
  }

  private InternalRow parsed(String contentType, String body) {
    return json.parse(
        UTF8String.fromString("n1-1"), UTF8String.fromString(contentType), body.getBytes(UTF_8));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "application/json",
        "Application/JSON",
        "application/json; charset=utf-8",
        "application/json;charset=utf-8",
        " application/json ",
        "text/json",
        "application/problem+json",
        "application/vnd.api+json; v=1",
      })
  void jsonByAnyNameIsRead(String contentType) {
    assertThat(parsed(contentType, "{\"value\":7}").getInt(0)).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/jsonx",
        "application/x-www-form-urlencoded",
        "application/xml; charset=application/json",
        "application/json, text/plain",
        "json",
      })
  void anyOtherTypeIs415(String contentType) throws Exception {
    RawHttp.Response response = refusal(contentType, "{\"value\":7}");

    assertThat(response.status()).isEqualTo(415);
    assertThat(response.headers()).containsEntry("content-type", "application/problem+json");
    assertThat(response.body())
        .isEqualTo(
            "{\"type\":\"urn:sparkwire:problem:unsupported-media-type\","
                + "\"title\":\"Unsupported media type\",\"status\":415,"
                + "\"detail\":\"this service reads application/json, got Content-Type '"
                + contentType
                + "'\"}");
  }

  @Test
  void aBadValueIs400WithItsPlaceAndText() throws Exception {
    RawHttp.Response response = refusal("application/json", "{\"value\":\"seven\"}");

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.body())
        .isEqualTo(
            "{\"type\":\"urn:sparkwire:problem:bad-input\",\"title\":\"Bad input\",\"status\":400,"
                + "\"detail\":\"field 'value' must be INT, got a string \\\"seven\\\"\","
                + "\"field\":\"value\",\"expected\":\"INT\",\"found\":\"a string \\\"seven\\\"\"}");
  }

  @Test
  void whatIsNoJsonIs400WithoutAPlace() throws Exception {
    RawHttp.Response response = refusal("application/json", "{");

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.body()).contains("the body is not valid JSON").doesNotContain("\"field\"");
  }

  @Test
  void aBadRequestThatNoClientWaitsForIsLeftOut() {
    assertThat(parsed("application/json", "{")).isNull();
  }
}
