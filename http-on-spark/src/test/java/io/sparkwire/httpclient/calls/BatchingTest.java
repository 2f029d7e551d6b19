package io.sparkwire.httpclient.calls;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchingTest {

  private static final Batching TWO = new Batching(2, 0, true);

  private static CallOutcome answered(int status, String body) {
    byte[] bytes = body.getBytes(UTF_8);
    return new CallOutcome(new HttpAnswer("HTTP/1.1", status, "", List.of(), bytes), 3, null);
  }

  private static List<String> bodies(List<CallOutcome> outcomes) {
    return outcomes.stream().map(part -> new String(part.answer().body(), UTF_8)).toList();
  }

  @Test
  void bodiesAreTheElementsOfOneArray() {
    HttpCall first = HttpCall.post("http://a/", "application/json", "{\"x\":1}");
    HttpCall none = new HttpCall("POST", "http://a/", first.headers(), null);

    HttpCall joined = TWO.join(List.of(first, none));

    assertThat(new String(joined.body(), UTF_8)).isEqualTo("[{\"x\":1},null]");
    assertThat(joined.goesWith(first)).isTrue();
  }

  @Test
  void eachGetsItsElementAsItWasWritten() {
    List<CallOutcome> parts = TWO.split(answered(200, " [ {\"x\": 1.50} ,[\"ü\", null] ]"), 2);
    assertThat(bodies(parts)).containsExactly("{\"x\": 1.50}", "[\"ü\", null]");
    assertThat(parts).allMatch(part -> part.isWhole() && part.attempts() == 3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "[1]", "[1,2,3]", "{}", "", "[1,2", "[1,2] 3"})
  void anyOtherAnswerFailsAllOfThemAndIsKept(String body) {
    List<CallOutcome> parts = TWO.split(answered(200, body), 2);
    assertThat(parts).hasSize(2);
    assertThat(parts)
        .allSatisfy(part -> assertThat(part.failure()).isInstanceOf(InvalidBodyException.class));
    assertThat(bodies(parts)).containsOnly(body);
  }

  @Test
  void aFailureIsTheOutcomeOfAll() {
    CallOutcome failed = CallOutcome.impossible(new CancellationException());
    assertThat(TWO.split(failed, 2)).containsExactly(failed, failed);
  }

  @Test
  void aStatusThatIsNoSuccessIsTheOutcomeOfAll() {
    CallOutcome refused = answered(429, "[1,2]");
    assertThat(TWO.split(refused, 2)).containsExactly(refused, refused);
  }

  @Test
  void withoutFlatteningAllGetTheWholeAnswer() {
    CallOutcome answer = answered(200, "[1,2]");
    assertThat(new Batching(2, 0, false).split(answer, 2)).containsExactly(answer, answer);
  }

  @Test
  void oneIsNoBatch() {
    assertThat(Batching.NONE.isOn()).isFalse();
    assertThat(TWO.isOn()).isTrue();
  }

  @Test
  void valuesOutOfRangeAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Batching(0, 0, true))
        .withMessage("param 'batchSize' must be at least 1, got '0'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Batching(1, -1, true))
        .withMessage("param 'batchWait' must be 0 ms or more, got '-1'");
  }
}
