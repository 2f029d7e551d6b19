package io.sparkwire.load.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PinningTest {
  @TempDir private Path directory;

  @BeforeEach
  void needsTaskset() {
    assumeThat(Pinning.isPossible()).isTrue();
  }

  @Test
  void aRunningProcessIsMovedToItsCoreAndReleasedAgain() throws Exception {
    String own = Pinning.coresOf("self");
    String first = own.replaceFirst("[-,].*", "");
    Pinning pinning = Pinning.to(Integer.parseInt(first), 0);
    try (ChildProcess server = ChildProcess.start(List.of("sleep", "60"), directory, "sleep")) {
      pinning.pin(server.pid());
      assertThat(Pinning.coresOf("" + server.pid())).isEqualTo(first);

      pinning.release(server.pid());
      assertThat(Pinning.coresOf("" + server.pid())).isEqualTo(own);
    }
  }

  @Test
  void switchedOffItTouchesNothing() throws Exception {
    try (ChildProcess server = ChildProcess.start(List.of("sleep", "60"), directory, "sleep")) {
      Pinning.off().pin(server.pid());

      assertThat(Pinning.coresOf("" + server.pid())).isEqualTo(Pinning.coresOf("self"));
      assertThat(Pinning.off().clientPrefix()).isEmpty();
    }
  }
}
