package io.sparkwire.load.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkwire.load.client.ClosedLoopClient;
import io.sparkwire.load.client.ClosedLoopOptions;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsKeystoreTest {
  private static final ClosedLoopOptions BRIEF =
      new ClosedLoopOptions(8, Duration.ZERO, Duration.ofMillis(150), Duration.ofSeconds(9));

  @TempDir private Path directory;

  @AfterEach
  void trustAsBefore() {
    System.clearProperty(JavaCommand.TRUST_STORE);
    System.clearProperty(JavaCommand.TRUST_STORE_PASSWORD);
    TlsKeystore.trustAsProperties();
  }

  /** Others in this JVM may have made its default context already. */
  @BeforeEach
  void trustBefore() throws NoSuchAlgorithmException {
    assertThat(SSLContext.getDefault()).isNotNull();
  }

  @Test
  void bothClientsAskABareServerOverTls() throws Exception {
    TlsKeystore keystore = TlsKeystore.make(directory);
    keystore.trust();
    Contestant bare =
        new Contestants(directory.resolve("none.jar"), directory, FreePort::any)
            .bareTls("bare-tls", keystore);
    try (Fleet fleet = new Fleet("64m", directory)) {
      fleet.start(bare); // until the client of one connection has got its reply
      assertThat(bare.target().url()).hasScheme("https");
      assertThat(new ClosedLoopClient(bare.target(), BRIEF).run().isFlawless()).isTrue();
    }
    assertThat(JavaCommand.client(Object.class, List.of()))
        .contains("-Djavax.net.ssl.trustStore=" + keystore.file());
  }
}
