package io.sparkwire.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class VersionHealthTest {

  private final ReplicaHealth one = new ReplicaHealth();
  private final ReplicaHealth two = new ReplicaHealth();
  private final VersionHealth health = new VersionHealth(List.of(one, two));
  private final Throwable cause = new IllegalStateException("no model");

  @Test
  void aVersionHasNoTroubleWhileOneReplicaWorks() {
    one.restarting(cause);
    assertThat(health.trouble()).isEmpty();
    two.restarting(new IllegalStateException("later"));
    assertThat(health.trouble()).contains(cause);
    assertThat(health.failure()).isEmpty();
  }

  @Test
  void aVersionHasFailedOnceAllReplicasHave() {
    one.failed(cause);
    two.restarting(cause);
    assertThat(health.failure()).isEmpty();
    two.failed(cause);
    assertThat(health.failure()).contains(cause);
    assertThat(health.isFailing()).isTrue();
  }

  @Test
  void threeFailuresInARowAreTooMany() {
    one.failed(cause);
    two.countFailure(false);
    two.countFailure(false);
    assertThat(health.isFailing()).isFalse();
    two.countFailure(false);
    assertThat(health.isFailing()).isTrue();
  }

  @Test
  void aRunThatWorkedBeginsTheCountAnew() {
    one.countFailure(false);
    one.countFailure(false);
    one.countFailure(true);
    assertThat(one.failuresInARow()).isEqualTo(1);
    one.restarting(cause);
    one.recovered();
    assertThat(one.failuresInARow()).isZero();
    assertThat(one.trouble()).isNull();
  }

  @Test
  void aVersionWithoutReplicasIsNotFailing() {
    VersionHealth none = new VersionHealth(List.of());
    assertThat(none.isFailing()).isFalse();
    assertThat(none.failure()).isEmpty();
    assertThat(none.trouble()).isEmpty();
  }
}
