package io.sparkwire.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sparkwire.message.FailureCode;
import io.sparkwire.message.ReplyRetention;
import io.sparkwire.message.ServiceFailure;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.TestSpec;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which requests the payload log keeps, over real sockets. */
class PayloadLogTest {

  @TempDir private Path directory;

  private ServedNode node;

  private RetentionHttp serve(TestSpec spec) {
    node = new ServedNode(Map.of("payload-log", directory.toString()));
    return new RetentionHttp(
        node.listeners.open(
            node.serve(
                spec.build(),
                request ->
                    request.answer(
                        ServiceReply.ok(
                            "text/plain",
                            ("re: " + new String(request.request().body(), UTF_8))
                                .getBytes(UTF_8))))));
  }

  @AfterEach
  void stop() {
    node.close();
  }

  /** All records, when the node has ended. */
  private List<JsonObject> records() throws IOException {
    node.close();
    List<JsonObject> records = new ArrayList<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(file.getFileName().toString()).startsWith("part-n1-");
        Files.readAllLines(file).forEach(line -> records.add(new JsonObject(line)));
      }
    }
    return records;
  }

  private static String summary(JsonObject record) {
    return record.getInteger("status")
        + " "
        + record.getString("failure")
        + " "
        + record.getJsonObject("request").getString("body")
        + " / "
        + record.getJsonObject("reply").getString("body");
  }

  @Test
  void anAdmittedRequestIsThereWithItsReplyAndARefusedOneIsNot() throws IOException {
    RetentionHttp client = serve(TestSpec.of("s").maxBodyBytes(10));
    client.post("/s", "one");
    client.post("/s", "more than ten bytes");
    client.post("/other", "two");

    assertThat(records())
        .extracting(PayloadLogTest::summary)
        .containsExactly("200 null one / re: one");
  }

  @Test
  void aRequestWithoutAReplyInTimeIsThereWithItsFailure() throws IOException {
    node = new ServedNode(Map.of("payload-log", directory.toString()));
    int port = node.listeners.open(node.silence(TestSpec.of("s").timeout(ofMillis(50)).build()));
    assertThat(new RetentionHttp(port).post("/s", "x").status()).isEqualTo(504);

    assertThat(records())
        .extracting(PayloadLogTest::summary)
        .allMatch(text -> text.startsWith("504 deadline-exceeded x / {\"type\":"))
        .hasSize(1);
  }

  @Test
  void anAsynchronousRequestIsThereOnceWithTheReplyOfThePipeline() throws IOException {
    ReplyRetention retention = new ReplyRetention(Duration.ofMinutes(1), Duration.ofMinutes(1));
    RetentionHttp client = serve(TestSpec.of("s").retention(retention));
    String place = client.post("/s", "later", "Prefer: respond-async").header("location");
    await().atMost(ofSeconds(20)).until(() -> client.get(place).status() == 200);
    client.post("/s", "once", "Idempotency-Key: \"k\"");
    client.post("/s", "once", "Idempotency-Key: \"k\"");

    assertThat(records())
        .extracting(PayloadLogTest::summary)
        .containsExactlyInAnyOrder("200 null later / re: later", "200 null once / re: once");
  }

  @Test
  void aFailureOfThePipelineIsNamed() throws IOException {
    node = new ServedNode(Map.of("payload-log", directory.toString()));
    int port =
        node.listeners.open(
            node.serve(
                TestSpec.of("s").build(),
                r -> r.answer(ServiceFailure.of(FailureCode.BAD_INPUT, "no").toReply())));
    new RetentionHttp(port).post("/s", "x");

    assertThat(records()).extracting(r -> r.getString("failure")).containsExactly("bad-input");
  }
}
