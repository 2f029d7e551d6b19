package io.sparkwire.http;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sparkwire.tls.TestAuthority;
import io.sparkwire.tls.TestIdentity;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates that are replaced while clients send requests. */
class TlsReloadTest {

  private static final TestAuthority AUTHORITY = TestAuthority.named("authority");
  private static final int REPLACED = 3;

  @TempDir private Path directory;

  private final SSLContext trusting = TestIdentity.trusting(AUTHORITY.certificate());
  private final Queue<Throwable> broken = new ConcurrentLinkedQueue<>();
  private final AtomicInteger answered = new AtomicInteger();
  private volatile boolean stopping;
  private ServedNode node;
  private int port;

  @AfterEach
  void stop() {
    node.close();
  }

  private String subject() throws IOException {
    try (SSLSocket socket =
        (SSLSocket)
            trusting.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
      X509Certificate own = (X509Certificate) socket.getSession().getPeerCertificates()[0];
      return own.getSubjectX500Principal().getName();
    }
  }

  /** Requests until it ends: so many on each connection. */
  private Thread client(int perConnection) {
    Thread client =
        new Thread(
            () -> {
              while (!stopping) {
                try (RawHttp http = new RawHttp(trusting, port)) {
                  for (int i = 0; i < perConnection && !stopping; i++) {
                    assertThat(http.post("/s", "x" + i).receive().body()).isEqualTo("x" + i);
                    answered.incrementAndGet();
                  }
                } catch (IOException | RuntimeException | AssertionError e) {
                  broken.add(e);
                }
              }
            });
    client.start();
    return client;
  }

  @Test
  void noRequestBreaksWhileCertificatesAreReplaced() throws Exception {
    Map<String, String> options = new HashMap<>(AUTHORITY.issue("CN=node0").write(directory));
    node = new ServedNode(options);
    port = node.listeners.open(node.echo(ServedNode.spec("s", "/s", ofSeconds(30), 100)));
    try (RawHttp lasting = new RawHttp(trusting, port)) {
      Thread[] clients = {client(1), client(20), client(Integer.MAX_VALUE)};
      for (int i = 1; i <= REPLACED; i++) {
        int before = answered.get();
        String name = "CN=node" + i;
        AUTHORITY.issue(name, i % 2 == 0 ? "EC" : "RSA").write(directory);
        await().atMost(ofSeconds(30)).until(() -> subject().equals(name));
        await().atMost(ofSeconds(30)).until(() -> answered.get() > before + 100);
        assertThat(lasting.post("/s", "still").receive().body()).isEqualTo("still");
      }
      stopping = true;
      for (Thread client : clients) {
        client.join();
      }
    }
    assertThat(broken).isEmpty();
  }
}
