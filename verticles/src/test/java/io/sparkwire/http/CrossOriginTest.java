package io.sparkwire.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkwire.auth.TestClients;
import io.sparkwire.message.TestSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What browsers get that ask for pages of other origins. */
class CrossOriginTest {

  private static final String APP = "Origin: https://app.example";
  private static final String OTHER = "Origin: https://other.example";

  @TempDir private Path directory;

  private ServedNode node;
  private RetentionHttp http;

  private void serve(Map<String, String> options) {
    node = new ServedNode(options);
    http = new RetentionHttp(node.listeners.open(node.echo(TestSpec.of("s").path("/s").build())));
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private RawHttp.Response preflight(String origin) throws IOException {
    try (RawHttp raw = new RawHttp(http.port())) {
      return raw.send(
              "OPTIONS /s HTTP/1.1\r\nHost: t\r\n"
                  + origin
                  + "\r\nAccess-Control-Request-Method: POST\r\n"
                  + "Access-Control-Request-Headers: x-api-key,content-type\r\n\r\n")
          .receive();
    }
  }

  @Test
  void aPageOfAnAllowedOriginMaySendRequestsAndReadTheReplies() throws IOException {
    serve(Map.of("cors-origins", "https://app.example,http://localhost:3000"));
    RawHttp.Response asked = preflight(APP);
    assertThat(asked.status()).isEqualTo(204);
    assertThat(asked.header("access-control-allow-origin")).isEqualTo("https://app.example");
    assertThat(asked.header("access-control-allow-methods")).contains("POST");
    assertThat(asked.header("access-control-allow-headers")).isEqualTo("x-api-key,content-type");
    assertThat(asked.header("access-control-max-age")).isEqualTo("600");
    RawHttp.Response response = http.post("/s", "x", APP);
    assertThat(response.body()).isEqualTo("x");
    assertThat(response.header("access-control-allow-origin")).isEqualTo("https://app.example");
    assertThat(response.header("access-control-allow-credentials")).isNull();
    assertThat(response.header("vary")).containsIgnoringCase("origin");
  }

  @Test
  void pagesOfOtherOriginsAreRefused() throws IOException {
    serve(Map.of("cors-origins", "https://app.example"));
    for (String origin : new String[] {OTHER, "Origin: null", "Origin: http://app.example"}) {
      assertThat(preflight(origin).status()).as(origin).isEqualTo(403);
      RawHttp.Response response = http.post("/s", "x", origin);
      assertThat(response.status()).as(origin).isEqualTo(403);
      assertThat(response.header("content-type")).isEqualTo("application/problem+json");
      assertThat(response.header("access-control-allow-origin")).isNull();
    }
  }

  @Test
  void thePagesOfTheListenerItselfAndProgramsAreServed() throws IOException {
    serve(Map.of("cors-origins", "https://app.example"));
    assertThat(http.post("/s", "x", "Origin: http://test").body()).isEqualTo("x");
    assertThat(http.post("/s", "x").body()).isEqualTo("x");
  }

  @Test
  void withoutTheOptionNoPageOfAnotherOriginCanReadAReply() throws IOException {
    serve(Map.of());
    RawHttp.Response asked = preflight(APP);
    assertThat(asked.headers().keySet()).noneMatch(name -> name.startsWith("access-control"));
    assertThat(http.post("/s", "x", APP).header("access-control-allow-origin")).isNull();
  }

  @Test
  void anyOriginMayBeAllowed() throws IOException {
    serve(Map.of("cors-origins", "*"));
    assertThat(http.post("/s", "x", OTHER).header("access-control-allow-origin")).isEqualTo("*");
  }

  @Test
  void preflightsHaveNoCredentialsAndRequestsNeedThem() throws IOException {
    TestClients clients = new TestClients(directory);
    String key = clients.add("alice", "serve:s");
    Map<String, String> options = new HashMap<>(clients.options());
    options.put("cors-origins", "https://app.example");
    serve(options);
    assertThat(preflight(APP).status()).isEqualTo(204);
    RawHttp.Response refused = http.post("/s", "x", APP);
    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.header("access-control-allow-origin")).isEqualTo("https://app.example");
    assertThat(http.post("/s", "x", APP, "X-API-Key: " + key).body()).isEqualTo("x");
  }
}
