package io.sparkwire.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkwire.auth.TestClients;
import io.sparkwire.message.PendingRequest;
import io.sparkwire.message.ReplyRetention;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.ServiceRequest;
import io.sparkwire.message.TestSpec;
import io.sparkwire.tls.TestAuthority;
import io.sparkwire.tls.TestIdentity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates of clients: which are taken, and what requests say of them. */
class TlsClientsTest {

  private static final TestAuthority AUTHORITY = TestAuthority.named("authority");
  private static final TestAuthority OF_CLIENTS = TestAuthority.named("clients");
  private static final SSLContext WITHOUT = TestIdentity.trusting(AUTHORITY.certificate());
  private static final String NONE = "none";

  @TempDir private Path directory;

  private final Map<String, String> more = new HashMap<>();
  private volatile String lastPrincipal;
  private ServedNode node;
  private int port;

  @AfterEach
  void stop() {
    node.close();
  }

  /** A service that replies with the subject of its client. */
  private void serve(String clientAuth) {
    Map<String, String> options = new HashMap<>(more);
    options.putAll(AUTHORITY.issue("CN=node").write(directory));
    options.put("tls-client-auth", clientAuth);
    options.put("tls-trust", TestIdentity.writeTrust(directory, OF_CLIENTS.certificate()));
    node = new ServedNode(options);
    port =
        node.listeners.open(
            node.serve(
                TestSpec.of("s")
                    .path("/s")
                    .retention(new ReplyRetention(Duration.ofMinutes(1), Duration.ZERO))
                    .build(),
                this::answer));
  }

  private void answer(PendingRequest request) {
    lastPrincipal = request.request().headers().get(ServiceRequest.PRINCIPAL);
    List<String> subjects = request.request().headers().getAll(ServiceRequest.CLIENT_SUBJECT);
    String text = subjects.isEmpty() ? NONE : String.join(" and ", subjects);
    request.answer(ServiceReply.ok("text/plain", text.getBytes(UTF_8)));
  }

  private static SSLContext as(TestIdentity identity) {
    return identity.trustingAs(AUTHORITY.certificate());
  }

  private String subject(SSLContext client) throws IOException {
    try (RawHttp http = new RawHttp(client, port)) {
      return http.post("/s", "x").receive().body();
    }
  }

  private void refused(SSLContext client) {
    assertThatThrownBy(() -> subject(client)).isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"optional", "required"})
  void aGoodCertificateNamesItsClient(String mode) throws IOException {
    serve(mode);
    assertThat(subject(as(OF_CLIENTS.issue("CN=alice,O=Example")))).isEqualTo("CN=alice,O=Example");
    assertThat(subject(as(OF_CLIENTS.issue("CN=J\u00fcrgen \u4e2d", "RSA"))))
        .isEqualTo("CN=J\u00fcrgen \u4e2d");
  }

  @ParameterizedTest
  @ValueSource(strings = {"optional", "required"})
  void anExpiredOneAndOneOfAnotherAuthorityAreRefused(String mode) throws IOException {
    serve(mode);
    try (LoggedLines log = new LoggedLines()) {
      refused(as(OF_CLIENTS.issueExpired("CN=alice")));
      refused(as(TestAuthority.named("clients").issue("CN=alice"))); // which has the same name
      assertThat(subject(as(OF_CLIENTS.issue("CN=bob")))).isEqualTo("CN=bob");
      assertThat(log.lines()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"optional", "off"})
  void aClientWithoutOneIsServedUnlessItIsRequired(String mode) throws IOException {
    serve(mode);
    assertThat(subject(WITHOUT)).isEqualTo(NONE);
  }

  @Test
  void aClientWithoutOneIsRefusedWhereItIsRequired() throws IOException {
    serve("required");
    refused(WITHOUT);
    assertThat(subject(as(OF_CLIENTS.issue("CN=bob")))).isEqualTo("CN=bob");
  }

  @Test
  void certificatesAreNotAskedForWhereTheyAreOff() throws IOException {
    serve("off");
    assertThat(subject(as(OF_CLIENTS.issue("CN=alice")))).isEqualTo(NONE);
  }

  @Test
  void aCertificateIsACredentialWhereTheNodeKnowsItsClients() throws IOException {
    TestClients clients = new TestClients(directory);
    clients.addSubject("CN=alice, O=Example", "the alice", "serve:s");
    clients.addSubject("CN=bob", "bob", "serve:other");
    String key = clients.add("carol", "serve:s");
    more.putAll(clients.options());
    serve("optional");
    assertThat(status(as(OF_CLIENTS.issue("CN=alice,O=Example")), "")).isEqualTo(200);
    assertThat(lastPrincipal).isEqualTo("the alice");
    assertThat(status(as(OF_CLIENTS.issue("CN=bob")), "")).isEqualTo(403);
    assertThat(status(as(OF_CLIENTS.issue("CN=mallory")), "")).isEqualTo(401);
    assertThat(status(WITHOUT, "")).isEqualTo(401);
    assertThat(status(WITHOUT, "X-API-Key: " + key + "\r\n")).isEqualTo(200);
    assertThat(lastPrincipal).isEqualTo("carol");
    // What a request shows itself comes before the certificate of its connection.
    assertThat(status(as(OF_CLIENTS.issue("CN=bob")), "X-API-Key: " + key + "\r\n")).isEqualTo(200);
    assertThat(status(as(OF_CLIENTS.issue("CN=alice,O=Example")), "X-API-Key: x\r\n"))
        .isEqualTo(401);
  }

  private int status(SSLContext client, String field) throws IOException {
    try (RawHttp http = new RawHttp(client, port)) {
      return http.send("POST /s HTTP/1.1\r\nHost: t\r\n" + field + "Content-Length: 0\r\n\r\n")
          .receive()
          .status();
    }
  }

  @Test
  void noClientCanSendTheFieldItself() throws IOException {
    serve("optional");
    for (String field : List.of(":client-subject: CN=root", ":Client-Subject:CN=root")) {
      try (RawHttp http = new RawHttp(WITHOUT, port)) {
        http.send("POST /s HTTP/1.1\r\nHost: t\r\n" + field + "\r\nContent-Length: 0\r\n\r\n");
        assertThat(http.receive().status()).isEqualTo(400);
      }
    }
    try (RawHttp http = new RawHttp(as(OF_CLIENTS.issue("CN=alice")), port)) {
      http.send(
          "POST /s HTTP/1.1\r\nHost: t\r\nclient-subject: CN=root\r\nContent-Length: 0\r\n\r\n");
      assertThat(http.receive().body()).isEqualTo("CN=alice");
    }
  }

  @Test
  void noClientCanSendTheFieldItselfInClearText() throws IOException {
    node = new ServedNode(1);
    port = node.listeners.open(node.serve(TestSpec.of("s").build(), this::answer));
    try (RawHttp2 http = new RawHttp2(port, 1_000)) {
      ByteArrayOutputStream head = new ByteArrayOutputStream();
      head.writeBytes(new byte[] {(byte) 0x83, (byte) 0x86, 4, 2, '/', 's', 1, 1, 'x'});
      head.writeBytes("\0\017:client-subject\007CN=root".getBytes(UTF_8));
      int whole = RawHttp2.END_STREAM | RawHttp2.END_HEADERS;
      http.frame(RawHttp2.HEADERS, whole, 1, head.toByteArray()).send();
      assertThat(http.receive(RawHttp2.RESET, 1).error()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void compressedBodiesAndBothVersionsOfHttpHaveIt(HttpClient.Version version) throws Exception {
    serve("required");
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(body)) {
      gzip.write("x".getBytes(UTF_8));
    }
    HttpResponse<String> response =
        HttpClient.newBuilder()
            .version(version)
            .sslContext(as(OF_CLIENTS.issue("CN=alice")))
            .build()
            .send(
                HttpRequest.newBuilder(URI.create("https://localhost:" + port + "/s"))
                    .header("Content-Encoding", "gzip")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(response.body()).isEqualTo("CN=alice");
    assertThat(response.version()).isEqualTo(version);
  }

  @Test
  void eachClientHasIdempotencyKeysOfItsOwn() throws IOException {
    serve("optional");
    for (String name : List.of("CN=alice", "CN=bob", "CN=alice")) {
      try (RawHttp http = new RawHttp(as(OF_CLIENTS.issue(name)), port)) {
        http.send(
            "POST /s HTTP/1.1\r\nHost: t\r\nIdempotency-Key: \"k\"\r\nContent-Length: 0\r\n\r\n");
        assertThat(http.receive().body()).isEqualTo(name);
      }
    }
  }
}
