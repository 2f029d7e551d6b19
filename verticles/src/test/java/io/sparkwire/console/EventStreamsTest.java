package io.sparkwire.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sparkwire.message.Addresses;
import io.sparkwire.message.TestSpec;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventStreamsTest {

  private static final long MANY_BYTES = 22_000_000;

  private final ServedConsole console = new ServedConsole(Map.of());
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<InputStream> open = new ArrayList<>();

  @AfterEach
  void stop() throws IOException {
    for (InputStream stream : open) {
      stream.close();
    }
    console.close();
  }

  private HttpResponse<InputStream> connect() throws IOException, InterruptedException {
    HttpResponse<InputStream> response =
        http.send(console.to("/console/events").build(), HttpResponse.BodyHandlers.ofInputStream());
    open.add(response.body());
    return response;
  }

  private static BufferedReader lines(HttpResponse<InputStream> response) {
    return new BufferedReader(new InputStreamReader(response.body(), UTF_8));
  }

  private static JsonObject next(BufferedReader lines) throws IOException {
    String line = lines.readLine();
    while (!line.startsWith("data: ")) {
      line = lines.readLine();
    }
    return new JsonObject(line.substring("data: ".length()));
  }

  @Test
  void theFirstFrameIsWholeAndTheNextHasWhatIsNew() throws Exception {
    console
        .serve(TestSpec.of("s").path("/s").build(), request -> {})
        .observer()
        .quarantined("n1-1", 2, "before");
    HttpResponse<InputStream> response = connect();
    assertThat(response.headers().firstValue("Content-Type")).contains("text/event-stream");
    BufferedReader lines = lines(response);
    assertThat(lines.readLine()).isEqualTo("retry: 1000");
    JsonObject first = next(lines);
    console.observers.of(TestSpec.of("s").build()).quarantined("n1-2", 2, "after");
    JsonObject second = next(lines);

    assertThat(first.getBoolean("whole")).isTrue();
    assertThat(first.getJsonArray("events").encode()).contains("before");
    assertThat(first.getJsonArray("services").getJsonObject(0).getString("name")).isEqualTo("s");
    assertThat(first.getJsonArray("nodes").getJsonObject(0).getString("state")).isEqualTo("up");
    assertThat(second.containsKey("whole")).isFalse();
    assertThat(second.getJsonArray("events").encode()).contains("after").doesNotContain("before");
    assertThat(next(lines(connect())).getJsonArray("events").encode()).contains("before", "after");
  }

  @Test
  void nodesAreAskedOnlyWhileABrowserIsConnected() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    console
        .node
        .vertx()
        .eventBus()
        .addInboundInterceptor(
            message -> {
              if (message.message().address().equals(Addresses.feed(console.node.id()))) {
                asked.incrementAndGet();
              }
              message.next();
            });
    HttpResponse<InputStream> response = connect();
    next(lines(response));
    response.body().close();
    AtomicInteger before = new AtomicInteger(-1);
    await()
        .pollInterval(Duration.ofMillis(1_500))
        .until(() -> before.getAndSet(asked.get()) == asked.get());
    assertThat(asked.get()).isPositive();
  }

  @Test
  void oneMoreThanMayBeIsRefused() throws Exception {
    for (int i = 0; i < EventStreams.MOST; i++) {
      assertThat(connect().statusCode()).isEqualTo(200);
    }
    assertThat(connect().statusCode()).isEqualTo(503);
    open.remove(0).close();
    await().until(() -> connect().statusCode() == 200);
  }

  @Test
  void headIsAnsweredAtOnce() throws Exception {
    HttpResponse<String> head =
        http.send(
            console
                .to("/console/events")
                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.headers().firstValue("Content-Type")).contains("text/event-stream");
  }

  @Test
  void aBrowserThatDoesNotReadIsCutOffAndOthersGoOn() throws Exception {
    for (int i = 0; i < 300; i++) { // so that a frame is too large for the buffers of a socket
      console.serve(TestSpec.of("s" + i).path("/" + "p".repeat(8_000) + i).build(), request -> {});
    }
    try (Socket silent = new Socket()) {
      silent.setSoTimeout(3_000);
      silent.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), console.port));
      silent
          .getOutputStream()
          .write("GET /console/events HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(UTF_8));
      BufferedReader other = lines(connect());
      for (int i = 0; i < 6; i++) {
        next(other);
      }
      assertThat(isCutOff(silent.getInputStream())).isTrue();
      next(other);
    }
  }

  /** Whether there is an end after less than a few frames. */
  private static boolean isCutOff(InputStream in) {
    byte[] some = new byte[1 << 16];
    long read = 0;
    try {
      for (int n = in.read(some); n >= 0 && read < MANY_BYTES; n = in.read(some)) {
        read += n;
      }
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true; // reset
    }
    return read < MANY_BYTES;
  }
}
