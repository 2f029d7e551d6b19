package io.sparkwire.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ContestantsTest {
  private final AtomicInteger port = new AtomicInteger(9000);
  private final Contestants contestants =
      new Contestants(Path.of("/sparkwire.jar"), Path.of("/model"), port::incrementAndGet);

  @Test
  void echoTakesPartOncePerTrigger() {
    List<Contestant> selected =
        contestants.select(List.of("bare-json", "echo"), List.of("micro", "realtime"));

    assertThat(selected)
        .extracting(Contestant::name)
        .containsExactly("bare-json", "echo-micro", "echo-realtime");
    assertThat(selected.get(2).serving()).containsSequence("--trigger", "realtime");
  }

  @Test
  void eachContestantIsAskedAtThePortThatItIsStartedWith() {
    List<Contestant> selected =
        contestants.select(List.of("bare-json", "bare-handoff", "echo", "lr"), List.of("micro"));

    assertThat(selected)
        .hasSize(4)
        .allSatisfy(each -> assertThat(each.serving()).contains("" + each.port()))
        .allSatisfy(each -> assertThat(each.target().url()).hasPort(each.port()));
    assertThat(selected).extracting(Contestant::port).doesNotHaveDuplicates();
  }

  @Test
  void theClassifierIsServedFromWhereItWasSaved() {
    Contestant lr = contestants.select(List.of("lr"), List.of()).get(0);

    assertThat(lr.preparation()).containsSequence("--save-to", "/model");
    assertThat(lr.serving()).containsSequence("--model", "/model");
  }

  @Test
  void aContestantNamedTwiceTakesPartOnce() {
    assertThat(contestants.select(List.of("bare-json", "bare-json"), List.of())).hasSize(1);
  }

  @Test
  void anUnknownNameIsRefusedWithTheKnownOnes() {
    assertThatThrownBy(() -> contestants.select(List.of("bare"), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("bare-json, bare-handoff, echo and lr");
  }
}
