package io.sparkwire.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sparkwire.auth.TestClients;
import io.sparkwire.message.PendingRequest;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.ServiceRequest;
import io.sparkwire.message.TestSpec;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrialsTest {

  private static final JsonObject TRIAL =
      new JsonObject().put("method", "POST").put("body", "{\"x\":1}");

  private ServedConsole console = new ServedConsole(Map.of());
  private final HttpClient http = HttpClient.newHttpClient();

  @AfterEach
  void stop() {
    console.close();
  }

  private HttpRequest.Builder to(String service, JsonObject trial) {
    return console
        .to(Trials.PATH + service)
        .POST(HttpRequest.BodyPublishers.ofString(trial.encode()));
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> tryIt(String service, JsonObject trial)
      throws IOException, InterruptedException {
    return send(to(service, trial).header(SameOrigin.FIELD, "try"));
  }

  private void serve() {
    console.serve(TestSpec.of("s").path("/s/:id").build(), TrialsTest::describe);
  }

  private static void describe(PendingRequest request) {
    ServiceRequest got = request.request();
    String text =
        got.method()
            + " "
            + got.uri()
            + " "
            + got.pathParams()
            + " "
            + new String(got.body(), UTF_8)
            + " of "
            + got.headers().get(ServiceRequest.PRINCIPAL);
    request.answer(ServiceReply.ok("text/plain", text.getBytes(UTF_8)));
  }

  @Test
  void theServiceGetsWhatWasFilledInAndThePageItsReply() throws Exception {
    serve();
    JsonObject trial = TRIAL.copy().put("parameters", new JsonObject().put("id", "a/b $1"));
    HttpResponse<String> answer = tryIt("s", trial);

    assertThat(answer.statusCode()).isEqualTo(200);
    JsonObject reply = new JsonObject(answer.body());
    assertThat(reply.getInteger("status")).isEqualTo(200);
    assertThat(reply.getString("contentType")).isEqualTo("text/plain");
    assertThat(reply.getString("body"))
        .isEqualTo("POST /s/a%2Fb%20%241 {id=a/b $1} {\"x\":1} of null");
  }

  @Test
  void nothingButThePageItselfMaySend() throws Exception {
    serve();
    assertThat(send(to("s", TRIAL)).statusCode()).isEqualTo(403);
    assertThat(send(to("s", TRIAL).header(SameOrigin.FIELD, "yes")).statusCode()).isEqualTo(403);
    for (String[] field :
        new String[][] {
          {"Origin", "http://127.0.0.1:1"},
          {"Origin", "null"},
          {"Sec-Fetch-Site", "cross-site"},
          {"Sec-Fetch-Site", "same-site"}
        }) {
      HttpRequest.Builder request =
          to("s", TRIAL).header(SameOrigin.FIELD, "try").header(field[0], field[1]);
      assertThat(send(request).statusCode()).as(field[1]).isEqualTo(403);
    }
    HttpRequest.Builder own =
        to("s", TRIAL)
            .header(SameOrigin.FIELD, "try")
            .header("Origin", "http://127.0.0.1:" + console.port)
            .header("Sec-Fetch-Site", "same-origin");
    assertThat(send(own).statusCode()).isEqualTo(200);
  }

  @Test
  void whatIsNoTrialIsRefusedWithTheReason() throws Exception {
    serve();
    assertThat(tryIt("nothing", TRIAL).statusCode()).isEqualTo(404);
    assertThat(tryIt("s", TRIAL.copy().put("method", "DELETE")).body())
        .contains("method must be one of [POST], got 'DELETE'");
    assertThat(tryIt("s", TRIAL.copy().put("parameters", 1)).statusCode()).isEqualTo(400);
    assertThat(tryIt("s", TRIAL.copy().put("body", "x".repeat(1 << 20))).body())
        .contains("the body must have at most 1048576 bytes");
    HttpRequest.Builder noJson =
        console
            .to(Trials.PATH + "s")
            .header(SameOrigin.FIELD, "try")
            .POST(HttpRequest.BodyPublishers.ofString("{"));
    assertThat(send(noJson).statusCode()).isEqualTo(400);
    for (int i = 0; i < 8; i++) { // each of them has given back its place
      assertThat(tryIt("s", TRIAL).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void onlyAFewRunAtOnce() throws Exception {
    Queue<PendingRequest> held = new ConcurrentLinkedQueue<>();
    console.serve(TestSpec.of("s").path("/s").build(), held::add);
    HttpRequest trial = to("s", TRIAL).header(SameOrigin.FIELD, "try").build();
    List<CompletableFuture<HttpResponse<String>>> answers =
        Stream.generate(() -> http.sendAsync(trial, HttpResponse.BodyHandlers.ofString()))
            .limit(4)
            .toList();
    await().until(() -> held.size() == 4);
    assertThat(tryIt("s", TRIAL).statusCode()).isEqualTo(503);
    held.forEach(TrialsTest::describe);
    assertThat(answers).allMatch(answer -> answer.join().statusCode() == 200);
  }

  @Test
  void anOperatorNeedsTheScopeOfTheService(@TempDir Path directory) throws Exception {
    console.close();
    TestClients clients = new TestClients(directory);
    String admin = clients.add("watcher", "admin");
    String both = clients.add("operator", "admin", "serve:s");
    console = new ServedConsole(clients.options());
    serve();

    HttpResponse<String> refused = send(asked(admin));
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).contains("serve:s");
    assertThat(send(asked(both)).body()).contains("of operator");
  }

  private HttpRequest.Builder asked(String key) {
    return to("s", TRIAL).header(SameOrigin.FIELD, "try").header("X-API-Key", key);
  }
}
