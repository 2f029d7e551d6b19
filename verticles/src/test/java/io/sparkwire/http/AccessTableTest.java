package io.sparkwire.http;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.sparkwire.access.Access;
import io.sparkwire.admin.AdminOptions;
import io.sparkwire.admin.AdminRoute;
import io.sparkwire.admin.AdminServer;
import io.sparkwire.admin.LogLevelRoutes;
import io.sparkwire.admin.TestLevels;
import io.sparkwire.auth.TestClients;
import io.sparkwire.auth.TestIssuer;
import io.sparkwire.console.OperatorRoutes;
import io.sparkwire.endpoint.Endpoint;
import io.sparkwire.endpoint.ListedService;
import io.sparkwire.endpoint.SharedEndpoints;
import io.sparkwire.message.ReplyRetention;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.ServiceSpec;
import io.sparkwire.message.TestSpec;
import io.sparkwire.protocol.Protocols;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Walks all endpoints of both listeners of a node that knows its clients, and asks each of them
 * with every kind of credentials. The table of what came of it stands in docs/security.md.
 */
class AccessTableTest {

  private static final TestIssuer ISSUER = TestIssuer.of("one");
  private static final Path DOCUMENTED = Path.of("../docs/security.md");
  private static final String PASSES = "passes";

  /** Of Swagger UI, in the names of its files. */
  private static final String VERSION = "[0-9]+\\.[0-9]+\\.[0-9]+";

  @TempDir private Path directory;

  private final List<Endpoint> shared = new ArrayList<>();
  private final Map<String, String> credentials = new LinkedHashMap<>();
  private ServedNode node;
  private int port;
  private AdminServer admin;

  /** Notes the endpoints of a feature. */
  private SharedEndpoints noted(SharedEndpoints feature) {
    return new SharedEndpoints() {
      @Override
      public List<Endpoint> of(List<ListedService> services) {
        List<Endpoint> endpoints = feature.of(services);
        shared.addAll(endpoints);
        return endpoints;
      }

      @Override
      public ServiceReply failure(List<ListedService> services, String path, ServiceReply failure) {
        return feature.failure(services, path, failure);
      }
    };
  }

  @BeforeEach
  void serve() {
    TestClients clients = new TestClients(directory);
    credentials.put("none", "");
    credentials.put("wrong", bearer(clients.add("gone")));
    clients.remove("gone");
    credentials.put("expired", bearer(clients.addExpired("old", "serve:*", "admin")));
    credentials.put("other scope", bearer(clients.add("other", "serve:other")));
    credentials.put("right", bearer(clients.add("right", "serve:s", "admin")));
    Map<String, String> options = new HashMap<>(clients.options());
    options.putAll(ISSUER.options(directory));
    node = new ServedNode(options, Protocols.all().stream().map(this::noted).toList());
    ServiceSpec spec =
        TestSpec.of("s")
            .path("/s")
            .retention(new ReplyRetention(Duration.ZERO, Duration.ofMinutes(1)))
            .build();
    port = node.listeners.open(node.echo(spec));
    admin =
        AdminServer.start(
            node.node,
            new AdminOptions("127.0.0.1", 0),
            () -> true,
            OperatorRoutes.of(
                node.node, node.observers, node.requests, LogLevelRoutes.of(new TestLevels())));
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private static String bearer(String secret) {
    return "Authorization: Bearer " + secret + "\r\n";
  }

  private RawHttp.Response ask(int listener, String method, String path, String fields)
      throws IOException {
    try (RawHttp http = new RawHttp(listener)) {
      return http.send(
              method
                  + " "
                  + path
                  + " HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                  + fields
                  + "Content-Length: 0\r\n\r\n")
          .receive();
    }
  }

  /** What came of a request: {@value #PASSES} if the gate has let it pass. */
  private String outcome(int listener, String method, String path, String fields)
      throws IOException {
    RawHttp.Response response = ask(listener, method, path, fields);
    String grpc = response.header("grpc-status");
    if ("16".equals(grpc) || "7".equals(grpc)) {
      return grpc.equals("16") ? "401" : "403";
    }
    int status = response.status();
    return status == 401 || status == 403 ? Integer.toString(status) : PASSES;
  }

  private String row(String listener, int at, String method, String path) throws IOException {
    List<String> cells = new ArrayList<>(List.of(listener, "`" + method + " " + path + "`"));
    for (String fields : credentials.values()) {
      cells.add(outcome(at, method, path, fields));
    }
    return "| " + String.join(" | ", cells) + " |";
  }

  /** One that it has requests for: those of the models are for the service. */
  private static String path(Endpoint endpoint) {
    return endpoint
        .path()
        .example()
        .replace("/models/model", "/models/s")
        .replace("/versions/version", "/versions/1");
  }

  private Set<Endpoint> endpoints() {
    return Set.copyOf(shared);
  }

  @Test
  void theTableInTheDocumentationIsWhatListenersDo() throws IOException {
    Map<String, String> rows = new TreeMap<>();
    for (Endpoint endpoint : endpoints()) {
      for (String method : endpoint.methods()) {
        String path = path(endpoint);
        rows.put(path, row("service", port, method, path).replaceAll(VERSION, "VERSION"));
      }
    }
    rows.put("/s", row("service", port, "POST", "/s"));
    rows.put("/s/.requests/id", row("service", port, "GET", "/s/.requests/id"));
    rows.put("/s/.requests/id-", row("service", port, "DELETE", "/s/.requests/id"));
    rows.put("~", row("service", port, "GET", "/nothing"));
    rows.put("~~", row("service", port, "PUT", "/s"));
    for (AdminRoute route : admin.routes()) {
      String method = route.method().name();
      rows.put("~~~" + route, row("admin", admin.port(), method, route.path()));
    }
    rows.put("~~~~", row("admin", admin.port(), "GET", "/nothing"));
    rows.put("~~~~~", row("admin", admin.port(), "POST", "/status"));
    String head =
        "| listener | request | "
            + String.join(" | ", credentials.keySet())
            + " |\n|---|---|"
            + credentials.keySet().stream().map(kind -> "---|").collect(joining())
            + "\n";
    String table = head + String.join("\n", rows.values()) + "\n";
    assertThat(Files.readString(DOCUMENTED)).contains(table);
  }

  @Test
  void nothingButHealthPassesWithoutRightCredentials() throws IOException {
    for (Endpoint endpoint : endpoints()) {
      String path = path(endpoint);
      for (String method : endpoint.methods()) {
        for (String kind : List.of("none", "wrong", "expired")) {
          assertThat(outcome(port, method, path, credentials.get(kind)))
              .as("%s %s with %s", method, path, kind)
              .isEqualTo(endpoint.access().equals(Access.OPEN) ? PASSES : "401");
        }
      }
    }
    assertThat(endpoints().stream().filter(e -> e.access().equals(Access.OPEN)))
        .allMatch(e -> e.path().text().matches(".*([hH]ealth|ping|Server(Live|Ready)).*"));
  }

  @Test
  void tokensAreTreatedAsKeysAre() throws IOException {
    JsonObject right = TestIssuer.claims("carol", "serve:s admin");
    Map<String, String> tokens =
        Map.of(
            "200", ISSUER.sign(right),
            "403", ISSUER.sign(TestIssuer.claims("dave", "serve:other")),
            "401", ISSUER.sign(right.copy().put("exp", Instant.now().getEpochSecond() - 61)));
    for (Map.Entry<String, String> token : tokens.entrySet()) {
      RawHttp.Response own = ask(port, "POST", "/s", bearer(token.getValue()));
      RawHttp.Response status = ask(admin.port(), "GET", "/status", bearer(token.getValue()));
      assertThat("" + own.status()).isEqualTo(token.getKey());
      assertThat("" + status.status()).isEqualTo(token.getKey());
    }
  }
}
