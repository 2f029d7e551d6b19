package io.sparkwire.load.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkwire.load.client.ClosedLoopClient;
import io.sparkwire.load.client.ClosedLoopOptions;
import io.sparkwire.load.client.FakeServer;
import io.sparkwire.load.client.Target;
import io.sparkwire.load.client.Workload;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BareServerTest {
  private static final ClosedLoopOptions BRIEF =
      new ClosedLoopOptions(8, Duration.ZERO, Duration.ofMillis(150), Duration.ofSeconds(9));

  @ParameterizedTest
  @ValueSource(strings = {"/json", "/handoff"})
  void givesEachOfManyCallersItsOwnValue(String path) throws Exception {
    try (FakeServer server = FakeServer.bare()) {
      Target target = new Target(server.url(path), Workload.ECHO);

      assertThat(new ClosedLoopClient(target, BRIEF).run().isFlawless()).isTrue();
    }
  }

  @Test
  void jsonReadsTheNumberAndWritesItAgain() throws Exception {
    try (FakeServer server = FakeServer.bare()) {
      HttpResponse<String> response = post(server, "/json", "{ \"other\": [1], \"value\" : 7 }");

      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.body()).isEqualTo("{\"value\":7}");
    }
  }

  @Test
  void jsonRefusesWhatIsNotJson() throws Exception {
    try (FakeServer server = FakeServer.bare()) {
      assertThat(post(server, "/json", "{\"value\":").statusCode()).isEqualTo(400);
    }
  }

  @Test
  void handoffEchoesTheBodyAsItIs() throws Exception {
    try (FakeServer server = FakeServer.bare()) {
      assertThat(post(server, "/handoff", "any thing").body()).isEqualTo("any thing");
    }
  }

  @Test
  void thereIsNoOtherPath() throws Exception {
    try (FakeServer server = FakeServer.bare()) {
      assertThat(post(server, "/", "").statusCode()).isEqualTo(404);
    }
  }

  private static HttpResponse<String> post(FakeServer server, String path, String body)
      throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(server.url(path))
            .version(HttpClient.Version.HTTP_1_1)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
  }
}
