package io.sparkwire.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sparkwire.exchange.Service;
import io.sparkwire.message.Header;
import io.sparkwire.message.ReplyRetention;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.ServiceRequest;
import io.sparkwire.message.TestSpec;
import io.vertx.core.http.HttpHeaders;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient.Version;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Replies to clients with Accept-Encoding, over real sockets. */
class CompressedRepliesTest {

  private static final String[] GZIP = {"Accept-Encoding", "gzip"};
  private static final byte[] LARGE = "0123456789 and so on; ".repeat(400).getBytes(UTF_8);

  private final ServedNode node = new ServedNode(2);
  private Service service;
  private int port;

  @AfterEach
  void stop() {
    node.close();
  }

  private static TestSpec spec() {
    return TestSpec.of("s").maxBodyBytes(1 << 20).methods(Set.of("POST", "GET"));
  }

  /** The service replies with the request's body; its fields X-Name and X-Value become one. */
  private void serve(TestSpec spec) {
    service = node.serve(spec.build(), r -> r.answer(reply(r.request())));
    port = node.listeners.open(service);
  }

  private static ServiceReply reply(ServiceRequest request) {
    String name = request.headers().get("X-Name");
    byte[] body = request.method().equals("GET") ? LARGE : request.body();
    return new ServiceReply(
        200,
        "text/plain",
        name == null ? List.of() : List.of(new Header(name, request.headers().get("X-Value"))),
        body);
  }

  private ClientCalls client(Version version) {
    return new ClientCalls(port, version);
  }

  private static byte[] unzipped(HttpResponse<byte[]> response) throws IOException {
    assertThat(response.headers().allValues("content-encoding")).containsExactly("gzip");
    assertThat(response.headers().firstValue("content-length"))
        .contains("" + response.body().length);
    return new GZIPInputStream(new ByteArrayInputStream(response.body())).readAllBytes();
  }

  private static void isPlain(HttpResponse<byte[]> response, byte[] body) {
    assertThat(response.headers().allValues("content-encoding")).isEmpty();
    assertThat(response.body()).isEqualTo(body);
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void aLargeReplyIsCompressedForAClientThatAcceptsIt(Version version) throws Exception {
    serve(spec());
    HttpResponse<byte[]> zipped = client(version).post("/s", LARGE, GZIP);
    HttpResponse<byte[]> plain = client(version).post("/s", LARGE);

    assertThat(unzipped(zipped)).isEqualTo(LARGE);
    assertThat(zipped.body()).hasSizeLessThan(LARGE.length / 10);
    assertThat(zipped.headers().allValues("vary")).containsExactly("accept-encoding");
    assertThat(zipped.headers().firstValue("content-type")).contains("text/plain");
    isPlain(plain, LARGE);
    assertThat(plain.headers().allValues("vary")).containsExactly("accept-encoding");
    assertThat(service.inFlight()).isZero();
    assertThat(service.counts().answered()).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void headHasTheFieldsOfACompressedReply(Version version) throws Exception {
    serve(spec());
    HttpResponse<byte[]> get = client(version).send("GET", "/s", new byte[0], GZIP);
    HttpResponse<byte[]> head = client(version).send("HEAD", "/s", new byte[0], GZIP);

    assertThat(unzipped(get)).isEqualTo(LARGE);
    assertThat(head.body()).isEmpty();
    assertThat(head.headers().allValues("content-encoding")).containsExactly("gzip");
    assertThat(head.headers().firstValue("content-length")).contains("" + get.body().length);
  }

  @Test
  void aReplyThatIsNotLargerThanTheThresholdIsLeftAlone() throws Exception {
    serve(spec().responses("compress-above", "100"));
    byte[] hundred = "x".repeat(100).getBytes(UTF_8);
    HttpResponse<byte[]> small = client(Version.HTTP_1_1).post("/s", hundred, GZIP);

    isPlain(small, hundred);
    assertThat(small.headers().map()).doesNotContainKey("vary");
    byte[] more = "x".repeat(101).getBytes(UTF_8);
    assertThat(unzipped(client(Version.HTTP_1_1).post("/s", more, GZIP))).isEqualTo(more);
  }

  @Test
  void aServiceMayCompressNothing() throws Exception {
    serve(spec().responses("compress-above", "off"));
    HttpResponse<byte[]> response = client(Version.HTTP_1_1).post("/s", LARGE, GZIP);

    isPlain(response, LARGE);
    assertThat(response.headers().map()).doesNotContainKey("vary");
  }

  @ParameterizedTest
  @CsvSource({
    "Content-Type, image/png",
    "Content-Type, application/zip",
    "Content-Encoding, br",
    "Content-Range, bytes 0-9/10"
  })
  void aReplyWhoseBytesMustStayIsLeftAlone(String name, String value) throws Exception {
    serve(spec());
    HttpResponse<byte[]> response =
        client(Version.HTTP_1_1)
            .post("/s", LARGE, "Accept-Encoding", "gzip", "X-Name", name, "X-Value", value);

    assertThat(response.body()).isEqualTo(LARGE);
    assertThat(response.headers().allValues(name)).containsExactly(value);
  }

  @Test
  void aReplyThatWouldNotBecomeSmallerIsLeftAlone() throws Exception {
    serve(spec());
    byte[] noise = new byte[5_000];
    new Random(3).nextBytes(noise);
    isPlain(client(Version.HTTP_1_1).post("/s", noise, GZIP), noise);
  }

  @Test
  void theTagOfACompressedReplyIsWeak() throws Exception {
    serve(spec());
    String[] fields = {"Accept-Encoding", "gzip", "X-Name", "ETag", "X-Value", "\"1\""};
    HttpResponse<byte[]> response = client(Version.HTTP_1_1).post("/s", LARGE, fields);

    assertThat(unzipped(response)).isEqualTo(LARGE);
    assertThat(response.headers().allValues("etag")).containsExactly("W/\"1\"");
  }

  @Test
  void repliesToPipelinedRequestsStayInTheirOrder() throws Exception {
    serve(spec());
    RawHttp http = node.connect(port);
    String head = "POST /s HTTP/1.1\r\nHost: t\r\nAccept-Encoding: gzip\r\nContent-Length: ";
    http.send(head + LARGE.length + "\r\n\r\n").send(LARGE);
    http.send(head + "3\r\n\r\nend");

    assertThat(http.receive().headers()).containsEntry("content-encoding", "gzip");
    assertThat(http.receive().body()).isEqualTo("end");
  }

  @ParameterizedTest
  @CsvSource({"true, false", "false, true", "true, true"})
  void aKeptReplyIsCompressedForEachClientAnew(boolean first, boolean second) throws Exception {
    serve(spec().retention(new ReplyRetention(Duration.ofHours(1), Duration.ZERO)));
    for (boolean zips : new boolean[] {first, second}) {
      HttpResponse<byte[]> response =
          client(Version.HTTP_1_1)
              .post(
                  "/s",
                  LARGE,
                  "Idempotency-Key",
                  "\"k\"",
                  "Accept-Encoding",
                  zips ? "gzip" : "identity");
      assertThat(zips ? unzipped(response) : response.body()).isEqualTo(LARGE);
    }
  }

  @Test
  void theReplyToAnAsynchronousRequestIsCompressedWhenItIsRead() throws Exception {
    serve(spec().retention(new ReplyRetention(Duration.ZERO, Duration.ofHours(1))));
    String location =
        client(Version.HTTP_1_1)
            .post("/s", LARGE, "Prefer", "respond-async")
            .headers()
            .firstValue("location")
            .orElseThrow();
    ClientCalls client = client(Version.HTTP_2);
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> client.send("GET", location, new byte[0]).statusCode() == 200);

    assertThat(unzipped(client.send("GET", location, new byte[0], GZIP))).isEqualTo(LARGE);
  }

  @Test
  void clientsThatLeaveMeanwhileLeaveNothingBehind() throws Exception {
    serve(spec());
    byte[] body = new byte[900_000];
    new Random(5).nextBytes(body);
    for (int i = 0; i < 10; i++) {
      try (RawHttp http = new RawHttp(port)) {
        http.send(
                "POST /s HTTP/1.1\r\nHost: t\r\nAccept-Encoding: gzip\r\nContent-Length: "
                    + body.length
                    + "\r\n\r\n")
            .send(body);
      }
    }
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                node.exchanges.size() == 0
                    && node.listeners.status().getLong("unreadBytes") == 0
                    && service.inFlight() == 0);
  }

  @ParameterizedTest
  @CsvSource({
    "gzip, true",
    "GZip, true",
    "x-gzip, true",
    "'br, gzip', true",
    "'deflate, gzip;q=0.5', true",
    "*, true",
    "'gzip;q=1.0, identity; q=0.5, *;q=0', true",
    "'identity;q=0.5, *;q=0.7', true",
    "gzip;q=0, false",
    "gzip; Q=0.000, false",
    "'*, gzip;q=0', false",
    "'gzip;q=0.5, identity', false",
    "*;q=0, false",
    "br, false",
    "identity, false",
    "gzip;q=much, false",
    "'', false"
  })
  void aClientSaysWhatItAcceptsByRfc9110(String field, boolean accepted) {
    assertThat(GzipReplies.areAccepted(HttpHeaders.headers().add("accept-encoding", field)))
        .isEqualTo(accepted);
  }
}
