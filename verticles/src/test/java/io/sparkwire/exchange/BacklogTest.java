package io.sparkwire.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkwire.message.TestSpec;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BacklogTest {

  private final Service service =
      new Service(TestSpec.of("s").maxInFlight(100).timeout(Duration.ofMinutes(10)).build());
  private final Backlog backlog = service.backlog();
  private long now = Long.MAX_VALUE - 5; // a clock may begin anywhere

  private void admit(int requests) {
    for (int i = 0; i < requests; i++) {
      service.admit();
    }
  }

  /** A second in which so many requests end and as many others come. */
  private void second(int ended) {
    for (int i = 0; i < ended; i++) {
      service.leftAnswered();
    }
    admit(ended);
    now += TimeUnit.SECONDS.toNanos(1);
    backlog.sample(now);
  }

  @Test
  void theTimeIsThatOfAllRequestsAtTheRateAtWhichTheyEnd() {
    admit(100);
    second(0);
    second(5);
    second(5);

    assertThat(backlog.seconds()).isEqualTo(20);
  }

  @Test
  void itIsOneSecondBeforeTheRateIsKnown() {
    admit(100);
    assertThat(backlog.seconds()).isEqualTo(1);
    second(3);
    assertThat(backlog.seconds()).isEqualTo(1);
  }

  @Test
  void itIsWithinOneAndSixtySeconds() {
    admit(100);
    second(0);
    second(1);
    assertThat(backlog.seconds()).isEqualTo(60);
    for (int i = 0; i < 5; i++) {
      second(100_000);
    }
    assertThat(backlog.seconds()).isEqualTo(1);
  }

  @Test
  void onlyTheLastSecondsCount() {
    admit(100);
    for (int i = 0; i < 100; i++) {
      second(1);
    }
    for (int i = 0; i < 5; i++) {
      second(10);
    }
    assertThat(backlog.seconds()).isEqualTo(10);
  }

  @Test
  void theRateOfAServiceThatIsNotBusySaysNothing() {
    admit(49);
    second(1);
    second(1);
    assertThat(backlog.seconds()).isEqualTo(1);

    admit(51);
    second(0);
    second(20);
    assertThat(backlog.seconds()).isEqualTo(5);
  }

  @Test
  void requestsThatGetNoReplyEndAtTheirDeadline() {
    Service slow =
        new Service(TestSpec.of("s").maxInFlight(1).timeout(Duration.ofSeconds(7)).build());
    slow.admit();
    slow.backlog().sample(1);
    slow.backlog().sample(1 + TimeUnit.SECONDS.toNanos(1));

    assertThat(slow.backlog().seconds()).isEqualTo(7);
  }
}
