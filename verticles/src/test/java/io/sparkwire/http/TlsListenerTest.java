package io.sparkwire.http;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sparkwire.protobuf.inference.ServerLiveRequest;
import io.sparkwire.protobuf.inference.ServerLiveResponse;
import io.sparkwire.tls.TestAuthority;
import io.sparkwire.tls.TestIdentity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Handshakes of a listener without certificates of clients, and what is spoken after them. */
class TlsListenerTest {

  private static final TestAuthority AUTHORITY = TestAuthority.named("authority");

  /** A record with a ClientHello of TLS 1.1, with one cipher suite and no extensions. */
  private static final byte[] HELLO_OF_TLS_1_1 = new byte[50];

  static {
    byte[] head = {22, 3, 1, 0, 45, 1, 0, 0, 41, 3, 2};
    System.arraycopy(head, 0, HELLO_OF_TLS_1_1, 0, head.length);
    byte[] tail = {0, 0, 2, (byte) 0xc0, 0x13, 1, 0};
    System.arraycopy(tail, 0, HELLO_OF_TLS_1_1, HELLO_OF_TLS_1_1.length - tail.length, tail.length);
  }

  private static final int ALERT = 21;

  @TempDir private Path directory;

  private final SSLContext trusting = TestIdentity.trusting(AUTHORITY.certificate());
  private ServedNode node;
  private int port;

  @AfterEach
  void stop() {
    if (node != null) {
      node.close();
    }
  }

  private void serve(Map<String, String> more) {
    serve("EC", more);
  }

  private void serve(String keyType, Map<String, String> more) {
    Map<String, String> options = new HashMap<>(more);
    options.putAll(AUTHORITY.issue("CN=node", keyType).write(directory));
    node = new ServedNode(options);
    port = node.listeners.open(node.echo(ServedNode.spec("s", "/s", ofSeconds(30), 100)));
  }

  private SSLSocket connect(SSLParameters parameters) throws IOException {
    SSLSocket socket =
        (SSLSocket)
            trusting.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
    socket.setSSLParameters(parameters);
    return socket;
  }

  /** All that the server says until it closes the connection. */
  private byte[] answerTo(byte[] bytes) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(60_000);
      socket.getOutputStream().write(bytes);
      return socket.getInputStream().readAllBytes();
    }
  }

  private byte[] answerTo(String bytes) throws IOException {
    return answerTo(bytes.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static SSLParameters only(String protocol, String... ciphers) {
    SSLParameters parameters = new SSLParameters();
    parameters.setProtocols(new String[] {protocol});
    parameters.setCipherSuites(ciphers.length == 0 ? null : ciphers);
    return parameters;
  }

  private static void echoes(RawHttp http) throws IOException {
    assertThat(http.post("/s", "hello").receive().body()).isEqualTo("hello");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void bothVersionsAreSpoken(String version) throws IOException {
    serve(Map.of());
    try (SSLSocket socket = connect(only(version));
        RawHttp http = new RawHttp(socket)) {
      echoes(http);
      assertThat(socket.getSession().getProtocol()).isEqualTo(version);
    }
  }

  @Test
  void anOlderVersionIsRefused() throws IOException {
    serve(Map.of());
    byte[] answer = answerTo(HELLO_OF_TLS_1_1);
    assertThat(answer[0]).isEqualTo((byte) ALERT);
    assertThat(answer[answer.length - 1]).as("protocol_version").isEqualTo((byte) 70);
  }

  @Test
  void aVersionThatIsLeftOutIsRefused() {
    serve(Map.of("tls-protocols", "TLSv1.3"));
    assertThatThrownBy(() -> connect(only("TLSv1.2")).startHandshake())
        .isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "EC, TLSv1.3, TLS_AES_128_GCM_SHA256",
    "EC, TLSv1.3, TLS_AES_256_GCM_SHA384",
    "EC, TLSv1.3, TLS_CHACHA20_POLY1305_SHA256",
    "EC, TLSv1.2, TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
    "EC, TLSv1.2, TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
    "EC, TLSv1.2, TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
    "RSA, TLSv1.2, TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
    "RSA, TLSv1.2, TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
    "RSA, TLSv1.2, TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"
  })
  void theSuitesOfTheProfileAreSpoken(String key, String version, String suite) throws IOException {
    serve(key, Map.of());
    try (SSLSocket socket = connect(only(version, suite));
        RawHttp http = new RawHttp(socket)) {
      echoes(http);
      assertThat(socket.getSession().getCipherSuite()).isEqualTo(suite);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "EC, TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256",
    "EC, TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384",
    "RSA, TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256",
    "RSA, TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
    "RSA, TLS_DHE_RSA_WITH_AES_128_GCM_SHA256"
  })
  void otherSuitesAreRefused(String key, String suite) throws IOException {
    serve(key, Map.of());
    assertThatThrownBy(() -> connect(only("TLSv1.2", suite)).startHandshake())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("handshake_failure");
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void clientsChooseTheVersionOfHttpByAlpn(HttpClient.Version version) throws Exception {
    serve(Map.of());
    HttpResponse<String> response =
        HttpClient.newBuilder()
            .version(version)
            .sslContext(trusting)
            .build()
            .send(
                HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + "/s"))
                    .POST(HttpRequest.BodyPublishers.ofString("hello"))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(response.body()).isEqualTo("hello");
    assertThat(response.version()).isEqualTo(version);
  }

  @Test
  void anotherProtocolOfAlpnIsRefused() {
    serve(Map.of());
    SSLParameters ftp = only("TLSv1.3");
    ftp.setApplicationProtocols(new String[] {"ftp"});
    assertThatThrownBy(() -> connect(ftp).startHandshake())
        .hasMessageContaining("no_application_protocol");
  }

  @Test
  void whatAlpnHasNotChosenIsNotSpoken() throws IOException {
    serve(Map.of());
    SSLParameters http1 = only("TLSv1.3");
    http1.setApplicationProtocols(new String[] {"http/1.1"});
    try (RawHttp http = new RawHttp(connect(http1))) {
      http.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
      assertThat(http.receive().status()).isBetween(400, 505);
      assertThat(http.isClosedByServer()).isTrue();
    }
    try (RawHttp http = new RawHttp(trusting, port)) {
      http.send(
          "POST /s HTTP/1.1\r\nHost: t\r\nUpgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\n"
              + "HTTP2-Settings: AAMAAABk\r\nContent-Length: 2\r\n\r\nhi");
      assertThat(http.receive().body()).isEqualTo("hi");
    }
  }

  @Test
  void grpcIsServedOnTheSamePort() throws Exception {
    serve(Map.of());
    String trust = TestIdentity.writeTrust(directory, AUTHORITY.certificate());
    try (GrpcCalls client = new GrpcCalls(port, Path.of(trust))) {
      ServerLiveResponse live =
          client.ask(
              "ServerLive",
              ServerLiveRequest.getDefaultInstance(),
              ServerLiveResponse.getDefaultInstance());
      assertThat(live.getLive()).isTrue();
    }
  }

  @Test
  void faultsOfClientsAreNotLoggedAndHarmNoOther() throws IOException {
    serve(Map.of());
    try (LoggedLines log = new LoggedLines();
        RawHttp good = new RawHttp(trusting, port)) {
      echoes(good);
      for (String bytes :
          new String[] {
            "GET /s HTTP/1.1\r\nHost: t\r\n\r\n", "\0\0\0\0\0\0", "\026\003\001\0\005x"
          }) {
        assertThat(answerTo(bytes))
            .satisfiesAnyOf(
                answer -> assertThat(answer).isEmpty(),
                answer -> assertThat(answer[0]).isEqualTo((byte) ALERT));
      }
      SSLContext distrusting = TestIdentity.trusting(TestAuthority.named("other").certificate());
      assertThatThrownBy(() -> new RawHttp(distrusting, port).post("/s", "x").receive())
          .isInstanceOf(IOException.class);
      new RawHttp(port).close();
      RawHttp cut = new RawHttp(trusting, port);
      cut.send("POST /s HTTP/1.1\r\nHost: t\r\nContent-Length: 9\r\n\r\nx").close();
      await().atMost(ofSeconds(10)).until(() -> node.listeners.status().getInteger("open") == 1);
      echoes(good);
      assertThat(log.lines()).isEmpty();
    }
  }

  @Test
  void aHandshakeOrHeadThatDoesNotEndIsClosed() throws IOException {
    serve(Map.of("head-timeout", "300ms"));
    RawHttp silent = node.connect(port);
    RawHttp partly = node.connect(port).send("\026\003\001");
    RawHttp without = new RawHttp(trusting, port);
    without.send(""); // has ended its handshake
    RawHttp part = new RawHttp(trusting, port).send("POST /s HTTP/1.1\r\nHost: t\r\nX: ");
    assertThat(silent.isClosedByServer()).isTrue();
    assertThat(partly.isClosedByServer()).isTrue();
    await().atMost(ofSeconds(10)).until(() -> node.listeners.status().getInteger("open") == 0);
    without.close();
    part.close();
  }

  @Test
  void anIdleConnectionIsToldThatItEnds() throws IOException {
    serve(Map.of("idle-timeout", "300ms"));
    try (RawHttp http = new RawHttp(trusting, port)) {
      echoes(http);
      assertThat(http.isClosedByServer()).isTrue(); // otherwise reading fails
    }
  }

  @Test
  void handshakesCountAsConnections() throws IOException {
    serve(Map.of("max-connections", "2", "max-connections-per-address", "2", "head-timeout", "1h"));
    try (RawHttp good = new RawHttp(trusting, port)) {
      echoes(good);
      node.connect(port);
      await().atMost(ofSeconds(10)).until(() -> node.listeners.status().getInteger("open") == 2);
      assertThatThrownBy(() -> new RawHttp(trusting, port).post("/s", "x").receive())
          .isInstanceOf(IOException.class);
      echoes(good);
    }
  }

  @Test
  void aSecondHandshakeOnAConnectionFails() throws IOException {
    serve(Map.of());
    try (SSLSocket socket = connect(only("TLSv1.2"));
        RawHttp http = new RawHttp(socket)) {
      echoes(http);
      socket.getSession().invalidate(); // so that it is a whole one
      assertThatThrownBy(
              () -> {
                socket.startHandshake();
                echoes(http);
              })
          .isInstanceOf(IOException.class);
    }
  }
}
