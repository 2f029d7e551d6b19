package io.sparkwire.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sparkwire.auth.TestClients;
import io.sparkwire.message.TestSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Limits on the requests of one client; a node of such tests has one client address. */
class RateLimitsTest {

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

  @Test
  void aClientGetsItsBurstAndThenWaits() throws IOException {
    serve(Map.of("rate-limit", "1", "rate-burst", "3"));
    for (int left = 2; left >= 0; left--) {
      RawHttp.Response response = http.post("/s", "x");
      assertThat(response.status()).isEqualTo(200);
      assertThat(response.header("ratelimit-limit")).isEqualTo("3");
      assertThat(Integer.parseInt(response.header("ratelimit-remaining")))
          .isBetween(left, left + 1); // some of it may be back already
    }
    await().until(() -> http.post("/s", "x").status() == 429); // until what came back is used
    RawHttp.Response refused = http.post("/s", "x");
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.body()).contains("urn:sparkwire:problem:too-many-requests");
    assertThat(refused.header("retry-after")).isEqualTo("1");
    assertThat(refused.header("ratelimit-remaining")).isEqualTo("0");
    assertThat(Integer.parseInt(refused.header("ratelimit-reset"))).isBetween(2, 3);
    await().until(() -> http.post("/s", "x").status() == 200);
  }

  @Test
  void healthIsNotLimited() throws IOException {
    serve(Map.of("rate-limit", "1"));
    for (int i = 0; i < 20; i++) {
      assertThat(http.get("/v2/health/live").status()).isEqualTo(200);
    }
    assertThat(http.post("/s", "x").status()).isEqualTo(200);
  }

  @Test
  void eachPrincipalHasItsOwnAndGuessesOfKeysAreThoseOfTheAddress() throws IOException {
    TestClients clients = new TestClients(directory);
    String alice = "X-API-Key: " + clients.add("alice", "serve:s");
    String bob = "X-API-Key: " + clients.add("bob", "serve:s");
    Map<String, String> options = new HashMap<>(clients.options());
    options.put("rate-limit", "1");
    options.put("rate-burst", "2");
    serve(options);
    await().until(() -> http.post("/s", "x", alice).status() == 429);
    assertThat(http.post("/s", "x", bob).status()).isEqualTo(200);
    assertThat(http.post("/s", "x", "X-API-Key: guess").status()).isEqualTo(401);
    await().until(() -> http.post("/s", "x", "X-API-Key: guess").status() == 429);
    assertThat(http.post("/s", "x", bob).status()).isEqualTo(200);
  }

  @Test
  void withoutTheOptionNothingIsSaidOfIt() throws IOException {
    serve(Map.of());
    assertThat(http.post("/s", "x").header("ratelimit-limit")).isNull();
  }
}
