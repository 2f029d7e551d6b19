package io.sparkwire.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkwire.log.RecordingLogger;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What new connections get while the files change. */
class TlsTest {

  private static final TestAuthority AUTHORITY = TestAuthority.named("authority");

  @TempDir private Path directory;

  private final RecordingLogger log = new RecordingLogger();
  private final Vertx vertx = Vertx.vertx();
  private Path key;
  private Tls tls;
  private NetServer server;

  @BeforeEach
  void listen() {
    Map<String, String> files = AUTHORITY.issue("CN=first").write(directory);
    key = Path.of(files.get("tls-key"));
    tls = new Tls(TlsOptions.of(files).orElseThrow(), log);
    NetServerOptions options = new NetServerOptions().setHost("127.0.0.1").setPort(0);
    tls.services().secure(options, Duration.ofSeconds(10));
    server = vertx.createNetServer(options).connectHandler(socket -> {}).listen().await();
  }

  @AfterEach
  void stop() {
    vertx.close().await();
  }

  /** The subject that a new connection is shown. */
  private String shown() throws IOException {
    try (SSLSocket socket =
        (SSLSocket)
            TestIdentity.trusting(AUTHORITY.certificate())
                .getSocketFactory()
                .createSocket("127.0.0.1", server.actualPort())) {
      X509Certificate own = (X509Certificate) socket.getSession().getPeerCertificates()[0];
      return own.getSubjectX500Principal().getName();
    }
  }

  private void pollTwice() {
    tls.poll();
    tls.poll();
  }

  @Test
  void nothingHappensWhileNothingChanges() throws IOException {
    pollTwice();
    assertThat(shown()).isEqualTo("CN=first");
    assertThat(log.lines).isEmpty();
  }

  @Test
  void newFilesAreUsedOnceTheyStayAsTheyAre() throws IOException {
    AUTHORITY.issue("CN=second").write(directory);
    tls.poll();
    assertThat(shown()).isEqualTo("CN=first");
    tls.poll();
    assertThat(shown()).isEqualTo("CN=second");
    assertThat(log.lines).hasSize(1);
    assertThat(log.lines.get(0))
        .startsWith(
            "INFO event=certificate-reloaded new connections get the certificate of CN=second");
  }

  @Test
  void aPairThatIsReplacedOneByOneIsNotReported() throws IOException {
    String old = Files.readString(key);
    AUTHORITY.issue("CN=second").write(directory);
    String next = Files.readString(key);
    Files.writeString(key, old);
    tls.poll();
    Files.writeString(key, next);
    pollTwice();
    assertThat(shown()).isEqualTo("CN=second");
    assertThat(log.lines).hasSize(1).allMatch(line -> line.startsWith("INFO"));
  }

  @Test
  void aPairThatDoesNotBelongTogetherIsReportedOnceAndTheOldOneStays() throws IOException {
    String old = Files.readString(key);
    AUTHORITY.issue("CN=second").write(directory);
    Files.writeString(key, old);
    pollTwice();
    pollTwice();
    assertThat(shown()).isEqualTo("CN=first");
    assertThat(log.lines)
        .containsExactly(
            "WARN event=certificate-not-reloaded the previous certificate stays in use: the"
                + " certificates of TLS cannot be used: the private key is not that of the"
                + " certificate");
  }

  @Test
  void aMissingFileAndAnExpiredCertificateAreReportedAndAGoodOneEndsIt() throws IOException {
    Files.delete(key);
    pollTwice();
    AUTHORITY.issueExpired("CN=second").write(directory);
    pollTwice();
    assertThat(shown()).isEqualTo("CN=first");
    AUTHORITY.issue("CN=third").write(directory);
    pollTwice();
    assertThat(shown()).isEqualTo("CN=third");
    assertThat(log.lines).hasSize(3);
    assertThat(log.lines.get(0)).contains("there is no '" + key + "'");
    assertThat(log.lines.get(1)).startsWith("WARN").contains("NotAfter");
    assertThat(log.lines.get(2)).startsWith("INFO");
  }
}
