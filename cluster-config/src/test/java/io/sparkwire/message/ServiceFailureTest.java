package io.sparkwire.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ServiceFailureTest {

  private static String body(ServiceFailure failure) {
    return new String(failure.toReply().body(), UTF_8);
  }

  @Test
  void aFailureIsAProblemDocument() {
    ServiceFailure failure =
        ServiceFailure.of(FailureCode.OVERLOADED, "the intake of 's' is full; try again later");

    ServiceReply reply = failure.toReply();

    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.contentType()).isEqualTo("application/problem+json");
    assertThat(body(failure))
        .isEqualTo(
            "{\"type\":\"urn:sparkwire:problem:overloaded\",\"title\":\"Overloaded\",\"status\":503,"
                + "\"detail\":\"the intake of 's' is full; try again later\"}");
  }

  @Test
  void furtherMembersFollowInTheirOrder() {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("field", "species");
    members.put("expected", "STRING NOT NULL");
    members.put("attempts", 2);

    assertThat(body(new ServiceFailure(FailureCode.BAD_INPUT, "no", members)))
        .isEqualTo(
            "{\"type\":\"urn:sparkwire:problem:bad-input\",\"title\":\"Bad input\",\"status\":400,"
                + "\"detail\":\"no\",\"field\":\"species\",\"expected\":\"STRING NOT NULL\","
                + "\"attempts\":2}");
  }

  @Test
  void whatAStrangerWroteIsQuotedAndWrittenAsUtf8() {
    assertThat(body(ServiceFailure.of(FailureCode.BAD_INPUT, "\"ü😀\"\n")))
        .endsWith("\"detail\":\"\\\"ü😀\\\"\\n\"}");
  }

  @ParameterizedTest
  @EnumSource(FailureCode.class)
  void oneCodeOnlySaysThatThereIsNoRoom(FailureCode code) {
    ServiceReply reply = ServiceFailure.of(code, "no").toReply();

    assertThat(ServiceFailure.isOverload(reply)).isEqualTo(code == FailureCode.OVERLOADED);
    assertThat(ServiceFailure.isOverload(ServiceReply.ok("text/plain", reply.body()))).isFalse();
    assertThat(ServiceFailure.isOverload(reply.withBody(new byte[0]))).isFalse();
  }

  @ParameterizedTest
  @EnumSource(FailureCode.class)
  void aReplyTellsWhichFailureItIs(FailureCode code) {
    ServiceReply reply = ServiceFailure.of(code, "no").toReply();

    assertThat(ServiceFailure.code(reply)).isEqualTo(code);
    assertThat(ServiceFailure.code(ServiceFailure.refused(reply, 429, 17))).isEqualTo(code);
    assertThat(ServiceFailure.code(ServiceFailure.ofRequest(reply, "r"))).isEqualTo(code);
    assertThat(ServiceFailure.code(ServiceReply.ok("text/plain", reply.body()))).isNull();
    assertThat(ServiceFailure.code(reply.withBody(new byte[0]))).isNull();
    assertThat(ServiceFailure.code(reply.withBody("{\"type\":\"about:blank\"}".getBytes(UTF_8))))
        .isNull();
  }

  @Test
  void aRefusalMayHaveAnotherStatusAndTime() {
    ServiceReply refusal = ServiceFailure.of(FailureCode.OVERLOADED, "full").toReply();
    ServiceReply other = ServiceFailure.refused(refusal, 429, 17);

    assertThat(other.status()).isEqualTo(429);
    assertThat(other.headers()).containsExactly(new Header("Retry-After", "17"));
    assertThat(new String(other.body(), UTF_8))
        .isEqualTo(new String(refusal.body(), UTF_8).replace("503", "429"));
    assertThat(ServiceFailure.isOverload(other)).isTrue();
    assertThat(ServiceFailure.refused(refusal, 503, 1)).isSameAs(refusal);
    assertThat(ServiceFailure.refused(other, 429, 17)).isSameAs(other);
  }

  @Test
  void theDocumentOfAFailureMayNameTheRequest() {
    ServiceReply failure = ServiceFailure.of(FailureCode.UNAVAILABLE, "no").toReply();
    ServiceReply named = ServiceFailure.ofRequest(failure, "a\"b");
    ServiceReply reply = ServiceReply.ok("application/json", "{}".getBytes(UTF_8));

    assertThat(new String(named.body(), UTF_8))
        .endsWith("\"detail\":\"no\",\"requestId\":\"a\\\"b\"}");
    assertThat(named.headers()).isEqualTo(failure.headers());
    assertThat(ServiceFailure.ofRequest(reply, "a")).isSameAs(reply);
  }

  @ParameterizedTest
  @EnumSource(FailureCode.class)
  void onlyA503AndA409SayWhenToTryAgain(FailureCode code) {
    ServiceReply reply = ServiceFailure.of(code, "no").toReply();

    assertThat(reply.status()).isEqualTo(code.status());
    if (code.status() == 503 || code.status() == 409) {
      assertThat(reply.headers()).containsExactly(new Header("Retry-After", "1"));
    } else {
      assertThat(reply.headers()).isEmpty();
    }
  }
}
