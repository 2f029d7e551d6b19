package io.sparkwire.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkwire.TestPorts;
import io.sparkwire.cluster.Node;
import io.sparkwire.cluster.NodeOptions;
import io.sparkwire.http.RawHttp;
import io.sparkwire.message.NodeId;
import io.sparkwire.tls.ClientCertificates;
import io.sparkwire.tls.TestAuthority;
import io.sparkwire.tls.TestIdentity;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdminServerTest {

  private static final AdminOptions ANYWHERE = new AdminOptions("127.0.0.1", 0);

  private final Node node = Node.embedded(new NodeId("n1"), new NodeOptions(1));
  private final HttpClient http = HttpClient.newHttpClient();

  @AfterEach
  void stop() {
    node.stop().await();
  }

  private HttpResponse<String> get(AdminServer admin, String path)
      throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + admin.port() + path);
    return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void aNodeLivesAndIsReadyWhenItSaysSo() throws Exception {
    AtomicBoolean ready = new AtomicBoolean();
    AdminServer admin = AdminServer.start(node, ANYWHERE, ready::get, List.of());
    assertThat(get(admin, "/health/live").statusCode()).isEqualTo(200);
    assertThat(get(admin, "/health/ready").statusCode()).isEqualTo(503);
    ready.set(true);
    HttpResponse<String> up = get(admin, "/health/ready");

    assertThat(up.statusCode()).isEqualTo(200);
    assertThat(new JsonObject(up.body()).getString("status")).isEqualTo("UP");
    assertThat(get(admin, "/nothing").statusCode()).isEqualTo(404);
  }

  @Test
  void itSpeaksTlsWhereServicesDoAndAsksForCertificatesIfItIsTo(@TempDir Path directory)
      throws Exception {
    TestAuthority authority = TestAuthority.named("authority");
    Map<String, String> options = new HashMap<>(authority.issue("CN=node").write(directory));
    options.put("tls-trust", TestIdentity.writeTrust(directory, authority.certificate()));
    options.put("tls-client-auth", "required");
    SSLContext without = TestIdentity.trusting(authority.certificate());
    SSLContext operator = authority.issue("CN=op").trustingAs(authority.certificate());
    Node secured = Node.embedded(new NodeId("n2"), new NodeOptions(1).with(options));
    try {
      int port = TestPorts.next(3); // a node has one such server
      AdminServer open =
          AdminServer.start(secured, new AdminOptions("127.0.0.1", port), () -> true, List.of());
      AdminServer closed =
          AdminServer.start(
              secured,
              new AdminOptions("127.0.0.1", port + 1, true, ClientCertificates.REQUIRED),
              () -> true,
              List.of());
      AdminServer clear =
          AdminServer.start(
              secured,
              new AdminOptions("127.0.0.1", port + 2, false, ClientCertificates.OFF),
              () -> true,
              List.of());

      assertThat(live(without, open)).isEqualTo(200);
      assertThat(live(operator, closed)).isEqualTo(200);
      assertThatThrownBy(() -> live(without, closed)).isInstanceOf(IOException.class);
      assertThat(get(clear, "/health/live").statusCode()).isEqualTo(200);
    } finally {
      secured.stop().await();
    }
  }

  private static int live(SSLContext tls, AdminServer admin) throws IOException {
    try (RawHttp raw = new RawHttp(tls, admin.port())) {
      return raw.send("GET /health/live HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n").receive().status();
    }
  }

  @Test
  void theStatusIsThatOfTheCluster() throws Exception {
    node.publishStatus(() -> new JsonObject().put("services", new JsonArray().add("s")));
    AdminServer admin = AdminServer.start(node, ANYWHERE, () -> true, List.of());
    JsonArray nodes = new JsonObject(get(admin, "/status").body()).getJsonArray("nodes");

    assertThat(nodes).hasSize(1);
    assertThat(nodes.getJsonObject(0).getString("node")).isEqualTo("n1");
    assertThat(nodes.getJsonObject(0).getBoolean("answers")).isTrue();
    assertThat(nodes.getJsonObject(0).getJsonArray("services")).containsExactly("s");
  }

  private static RawHttp.Response ask(AdminServer admin, String request) throws IOException {
    try (RawHttp raw = new RawHttp(admin.port())) {
      return raw.send(request).receive();
    }
  }

  @Test
  void healthAndStatusAnswerHead() throws Exception {
    AdminServer admin = AdminServer.start(node, ANYWHERE, () -> false, List.of());
    for (String path : List.of("/health/live", "/health/ready", "/status")) {
      HttpRequest head =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + admin.port() + path))
              .method("HEAD", HttpRequest.BodyPublishers.noBody())
              .build();
      HttpResponse<String> response = http.send(head, HttpResponse.BodyHandlers.ofString());
      assertThat(response.statusCode()).isEqualTo(get(admin, path).statusCode());
      assertThat(response.body()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "LOCALHOST:80",
        "127.0.0.1:1",
        "192.0.2.7",
        "[::1]",
        "[2001:db8::1]:9"
      })
  void aRequestByAddressOrLocalhostIsAnswered(String host) throws Exception {
    AdminServer admin = AdminServer.start(node, ANYWHERE, () -> true, List.of());
    assertThat(ask(admin, "GET /status HTTP/1.1\r\nHost: " + host + "\r\n\r\n").status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rebound.example",
        "localhost.rebound.example",
        "127.0.0.1.rebound.example:80",
        "127.0.0.1x",
        "2130706433",
        "0x7f.1"
      })
  void aRequestByAnotherNameIsNot(String host) throws Exception {
    AdminServer admin = AdminServer.start(node, ANYWHERE, () -> true, List.of());
    RawHttp.Response response = ask(admin, "GET /status HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
    assertThat(response.status()).isEqualTo(421);
    assertThat(response.body()).contains("misdirected-request").doesNotContain("n1");
  }

  @Test
  void theNameOfItsInterfaceIsAnswered() throws Exception {
    String own = InetAddress.getLocalHost().getHostName();
    AdminServer admin =
        AdminServer.start(node, new AdminOptions("localhost", 0), () -> true, List.of());
    assertThat(new AdminHosts(own).isOurs(own)).isTrue();
    assertThat(ask(admin, "GET /health/live HTTP/1.0\r\n\r\n").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "GET /%zz HTTP/1.1_Host: localhost, 400",
    "GET /status HTTP/1.1, 400",
    "GET /status HTTP/1.1_Host: a_Host: b, 400",
    "GET /status HTTP/1.1_Host: localhost_Transfer-Encoding: xchunked, 400",
    "GET /status HTTP/1.2_Host: localhost, 505",
    "POST /status HTTP/1.1_Host: localhost, 405",
    "GET /nothing HTTP/1.1_Host: localhost, 404"
  })
  void whatCannotBeAnsweredIsAProblem(String head, int status) throws Exception {
    AdminServer admin = AdminServer.start(node, ANYWHERE, () -> true, List.of());
    RawHttp.Response response = ask(admin, head.replace("_", "\r\n") + "\r\n\r\n");
    assertThat(response.status()).isEqualTo(status);
    assertThat(response.headers()).containsEntry("content-type", "application/problem+json");
  }

  @Test
  void theNextPortIsTakenIfOneIsNotFree() throws Exception {
    try (ServerSocket holder = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      AdminOptions taken = new AdminOptions("127.0.0.1", holder.getLocalPort());

      assertThat(AdminServer.start(node, taken, () -> true, List.of()).port())
          .isBetween(holder.getLocalPort() + 1, holder.getLocalPort() + AdminOptions.PORTS - 1);
    }
  }

  @Test
  void nobodyListensUnlessAPortIsGiven() {
    assertThat(AdminOptions.of(Map.of())).isEmpty();
    assertThat(AdminOptions.of(Map.of("admin-port", "7000")))
        .contains(new AdminOptions("127.0.0.1", 7000));
    assertThatThrownBy(() -> AdminOptions.of(Map.of("admin-port", "-1")))
        .hasMessage("option 'admin-port' must be 0 to 65535, got '-1'");
  }
}
