package io.sparkwire.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkwire.cluster.Node;
import io.sparkwire.cluster.NodeOptions;
import io.sparkwire.protocol.NodeId;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

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
    AdminServer admin = AdminServer.start(node, ANYWHERE, ready::get);
    assertThat(get(admin, "/health/live").statusCode()).isEqualTo(200);
    assertThat(get(admin, "/health/ready").statusCode()).isEqualTo(503);
    ready.set(true);
    HttpResponse<String> up = get(admin, "/health/ready");

    assertThat(up.statusCode()).isEqualTo(200);
    assertThat(new JsonObject(up.body()).getString("status")).isEqualTo("UP");
    assertThat(get(admin, "/nothing").statusCode()).isEqualTo(404);
  }

  @Test
  void theStatusIsThatOfTheCluster() throws Exception {
    node.tellStatus(() -> new JsonObject().put("services", new JsonArray().add("s")));
    AdminServer admin = AdminServer.start(node, ANYWHERE, () -> true);
    JsonArray nodes = new JsonObject(get(admin, "/status").body()).getJsonArray("nodes");

    assertThat(nodes).hasSize(1);
    assertThat(nodes.getJsonObject(0).getString("node")).isEqualTo("n1");
    assertThat(nodes.getJsonObject(0).getBoolean("answers")).isTrue();
    assertThat(nodes.getJsonObject(0).getJsonArray("services")).containsExactly("s");
  }

  @Test
  void theNextPortIsTakenIfOneIsNotFree() throws Exception {
    try (ServerSocket holder = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      AdminOptions taken = new AdminOptions("127.0.0.1", holder.getLocalPort());

      assertThat(AdminServer.start(node, taken, () -> true).port())
          .isBetween(holder.getLocalPort() + 1, holder.getLocalPort() + AdminOptions.PORTS - 1);
    }
  }

  @Test
  void nobodyListensUnlessAPortIsGiven() {
    assertThat(AdminOptions.of(Map.of())).isEmpty();
    assertThat(AdminOptions.of(Map.of("admin-port", "7000")))
        .contains(new AdminOptions("127.0.0.1", 7000));
    assertThatThrownBy(() -> AdminOptions.of(Map.of("admin-port", "-1")))
        .hasMessage("option 'admin-port' must be 0 to 65535, but '-1' came");
  }
}
