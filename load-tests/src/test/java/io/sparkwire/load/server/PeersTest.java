package io.sparkwire.load.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeersTest {
  private final AtomicInteger port = new AtomicInteger(9000);

  @TempDir private Path directory;
  private Contestants contestants;

  @BeforeEach
  void makeAJarWithAManifest() throws IOException {
    Path jar = EmptyJar.in(directory);
    contestants = new Contestants(jar, directory.resolve("models"), port::incrementAndGet);
  }

  private Contestant named(String name) {
    return contestants.select(List.of(name), List.of()).get(0);
  }

  @Test
  void eachIsAskedAtThePortThatItIsStartedWith() {
    List<Contestant> peers = contestants.select(Peers.NAMES, List.of());

    assertThat(peers)
        .hasSameSizeAs(Peers.NAMES)
        .allSatisfy(peer -> assertThat(peer.standing()).isEqualTo(Contestant.Standing.PEER))
        .allSatisfy(peer -> assertThat(peer.launch().serving()).contains("" + peer.port()));
    assertThat(peers).extracting(Contestant::port).doesNotHaveDuplicates();
  }

  @Test
  void whatRunsOnSparkMayOpenTheModulesThatTheJarNames() {
    assertThat(named("naive-lr").launch().serving())
        .startsWith(
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.nio=ALL-UNNAMED");
  }

  @Test
  void onlyTheTunedOneGetsMoreHeapAndNoDelay() {
    assertThat(named("synapseml-lr").launch().heap()).isEmpty();
    assertThat(named("synapseml-lr").launch().serving())
        .noneMatch(each -> each.contains("nodelay"));
    assertThat(named("synapseml-lr-tuned").launch().heap()).isEqualTo("6g");
    assertThat(named("synapseml-lr-tuned").launch().serving())
        .contains("-Dsun.net.httpserver.nodelay=true");
  }

  @Test
  void mleapIsGivenTheParametersOfTheModelThatSparkwireServes() {
    Launch mleap = named("mleap-row").launch();

    assertThat(mleap.preparations()).hasSize(2);
    assertThat(mleap.preparations().get(0)).containsSequence("demo", "--save-to");
    assertThat(mleap.preparations().get(1)).endsWith(mleap.serving().get(4));
  }

  @Test
  void whatThrowsByChanceIsComparedWithSynapsemlInBothForms() {
    assertThat(Contestants.beside("faulty"))
        .endsWith("faulty", "synapseml-faulty-tuned", "synapseml-faulty");
    assertThat(named("synapseml-faulty").launch().serving()).contains("faulty", "default");
  }

  @Test
  void eachWorkloadHasItsPeersAndAnUnknownOneNone() {
    assertThat(Contestants.beside("lr"))
        .startsWith("bare-json", "bare-handoff", "lr")
        .contains("mleap-frame", "mleap-row", "naive-lr", "synapseml-lr", "synapseml-lr-tuned");
    assertThatThrownBy(() -> Contestants.beside("images"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("echo, lr, text, trees and faulty");
  }
}
