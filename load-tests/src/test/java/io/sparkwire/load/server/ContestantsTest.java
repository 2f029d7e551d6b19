package io.sparkwire.load.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkwire.load.client.Workload;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ContestantsTest {
  private final AtomicInteger port = new AtomicInteger(9000);
  private final Contestants contestants =
      new Contestants(Path.of("/sparkwire.jar"), Path.of("/models"), port::incrementAndGet);

  @Test
  void echoTakesPartOncePerTrigger() {
    List<Contestant> selected =
        contestants.select(List.of("bare-json", "echo"), List.of("micro", "realtime"));

    assertThat(selected)
        .extracting(Contestant::name)
        .containsExactly("bare-json", "echo-micro", "echo-realtime");
    assertThat(selected.get(2).launch().serving()).containsSequence("--trigger", "realtime");
  }

  @Test
  void eachContestantIsAskedAtThePortThatItIsStartedWith() {
    List<Contestant> selected =
        contestants.select(List.of("bare-json", "bare-handoff", "echo", "lr"), List.of("micro"));

    assertThat(selected)
        .hasSize(4)
        .allSatisfy(each -> assertThat(each.launch().serving()).contains("" + each.port()))
        .allSatisfy(each -> assertThat(each.target().url()).hasPort(each.port()));
    assertThat(selected).extracting(Contestant::port).doesNotHaveDuplicates();
  }

  @Test
  void theClassifierIsServedFromWhereItWasSaved() {
    Contestant lr = contestants.select(List.of("lr"), List.of("micro")).get(0);

    assertThat(lr.launch().preparations().get(0)).containsSequence("--save-to", "/models/species");
    assertThat(lr.launch().serving()).containsSequence("--model", "/models/species");
  }

  @Test
  void whatThrowsByChanceIsTriedMoreOftenThanByDefault() {
    Contestant faulty = contestants.select(List.of("faulty"), List.of("realtime")).get(0);

    assertThat(faulty.name()).isEqualTo("faulty-realtime");
    assertThat(faulty.target().requests()).isEqualTo(Workload.ECHO);
    assertThat(faulty.launch().serving())
        .containsSequence("--max-attempts", "6")
        .containsSequence("--trigger", "realtime");
  }

  @Test
  void anEarlierBuildTakesPartWithSparkwiresOwnServices() {
    List<Contestant> earlier =
        contestants.selectEarlier(List.of("bare-json", "echo", "lr"), List.of("micro"));

    assertThat(earlier)
        .extracting(Contestant::name)
        .containsExactly("echo-micro-before", "lr-micro-before");
    assertThat(earlier).extracting(Contestant::standing).containsOnly(Contestant.Standing.EARLIER);
  }

  @Test
  void aContestantNamedTwiceTakesPartOnce() {
    assertThat(contestants.select(List.of("bare-json", "bare-json"), List.of())).hasSize(1);
  }

  @Test
  void anUnknownNameIsRefusedWithTheKnownOnes() {
    assertThatThrownBy(() -> contestants.select(List.of("bare"), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(
            "bare-json, bare-handoff, echo, lr, text, trees, faulty, mleap-frame");
  }
}
