package io.sparkwire.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sparkwire.exchange.Service;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.ServiceRequest;
import io.sparkwire.message.TestSpec;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies with a Content-Encoding, over real sockets. */
class EncodedBodiesTest {

  private static final int LIMIT = 20_000;
  private static final byte[] TEXT = "hello hello hello hello".getBytes(UTF_8);

  private final ServedNode node = new ServedNode(2);
  private Service service;
  private int port;

  /** The service replies with what it got: {@code <coding>|<length>|<body>}. */
  @BeforeEach
  void serve() {
    service =
        node.serve(
            TestSpec.of("s").maxBodyBytes(LIMIT).build(),
            r -> r.answer(ServiceReply.ok("text/plain", seen(r.request()).getBytes(ISO_8859_1))));
    port = node.listeners.open(service);
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private static String seen(ServiceRequest request) {
    return request.headers().get("Content-Encoding")
        + "|"
        + request.headers().get("Content-Length")
        + "|"
        + new String(request.body(), ISO_8859_1);
  }

  private static byte[] gzip(byte[] body) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(body);
    }
    return bytes.toByteArray();
  }

  private static byte[] deflate(byte[] body, boolean raw) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream deflated = new DeflaterOutputStream(bytes, new Deflater(-1, raw))) {
      deflated.write(body);
    }
    return bytes.toByteArray();
  }

  private RawHttp.Response post(String coding, byte[] body) throws IOException {
    try (RawHttp http = new RawHttp(port)) {
      return http.send(
              "POST /s HTTP/1.1\r\nHost: t\r\nContent-Encoding: "
                  + coding
                  + "\r\nContent-Length: "
                  + body.length
                  + "\r\n\r\n")
          .send(body)
          .receive();
    }
  }

  private static void assertProblem(RawHttp.Response response, int status, String detail) {
    assertThat(response.status()).as(response.body()).isEqualTo(status);
    assertThat(new JsonObject(response.body()).getString("detail")).isEqualTo(detail);
  }

  private void nothingIsLeft() {
    await().atMost(Duration.ofSeconds(10)).until(() -> node.exchanges.size() == 0);
    assertThat(node.listeners.status().getInteger("unfinished")).isZero();
    assertThat(service.inFlight()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "x-gzip", "GZIP", "gzip, identity", " gzip ,"})
  void aGzipBodyIsDecoded(String coding) throws Exception {
    assertThat(post(coding, gzip(TEXT)).body()).isEqualTo("null|23|" + new String(TEXT, UTF_8));
    nothingIsLeft();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aDeflateBodyIsDecodedWithItsHeaderAndWithout(boolean raw) throws Exception {
    assertThat(post("deflate", deflate(TEXT, raw)).body())
        .endsWith("|23|" + new String(TEXT, UTF_8));
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void aBodyOfManyChunksIsDecodedInAllVersionsOfHttp(HttpClient.Version version) throws Exception {
    byte[] body = new byte[LIMIT];
    new Random(7).nextBytes(body);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/s"))
            .header("Content-Encoding", "gzip")
            .POST(
                HttpRequest.BodyPublishers.ofByteArrays(
                    Arrays.asList(gzip(Arrays.copyOf(body, LIMIT / 2)), gzip(rest(body)))))
            .build();
    HttpResponse<byte[]> response =
        HttpClient.newBuilder()
            .version(version)
            .build()
            .send(request, HttpResponse.BodyHandlers.ofByteArray());

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(new String(response.body(), ISO_8859_1))
        .isEqualTo("null|" + LIMIT + "|" + new String(body, ISO_8859_1));
    nothingIsLeft();
  }

  private static byte[] rest(byte[] body) {
    return Arrays.copyOfRange(body, LIMIT / 2, LIMIT);
  }

  @Test
  void aBodyWithoutBytesStaysEmpty() throws Exception {
    assertThat(post("gzip", new byte[0]).body()).isEqualTo("null|0|");
  }

  @Test
  void aBodyWithTheCodingIdentityIsLeftAlone() throws Exception {
    assertThat(post("identity", TEXT).body()).isEqualTo("identity|23|" + new String(TEXT, UTF_8));
  }

  @Test
  void aBodyOfTheLargestSizeThatCannotBeCompressedIsTaken() throws Exception {
    byte[] body = new byte[LIMIT];
    new Random(11).nextBytes(body);
    assertThat(gzip(body)).hasSizeGreaterThan(LIMIT);
    assertThat(post("gzip", gzip(body)).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(ints = {LIMIT + 1, 15_000_000})
  void aBodyThatDecodesToMoreThanTheLimitIs413(int size) throws Exception {
    byte[] bomb = gzip(new byte[size]);
    assertThat(bomb).hasSizeLessThan(LIMIT);
    assertProblem(
        post("gzip", bomb), 413, "the body may have 20000 bytes at most; send less at a time");
    nothingIsLeft();
  }

  @Test
  void anEncodedBodyThatIsItselfTooLongIs413BeforeItIsRead() throws Exception {
    try (RawHttp http = new RawHttp(port)) {
      http.send(
          "POST /s HTTP/1.1\r\nHost: t\r\nContent-Encoding: gzip\r\nContent-Length: 30000\r\n\r\n");
      assertThat(http.receive().status()).isEqualTo(413);
    }
  }

  @Test
  void aBodyThatIsCutOffOrDamagedIs400() throws Exception {
    byte[] whole = gzip(TEXT);
    byte[] damaged = whole.clone();
    damaged[whole.length - 8]++; // of the check sum
    assertProblem(
        post("gzip", Arrays.copyOf(whole, whole.length - 4)),
        400,
        "the body cannot be decoded as gzip: it ends too early");
    assertProblem(
        post("gzip", damaged), 400, "the body cannot be decoded as gzip: Corrupt GZIP trailer");
    assertProblem(
        post("gzip", TEXT), 400, "the body cannot be decoded as gzip: Not in GZIP format");
    assertProblem(
        post("deflate", Arrays.copyOf(deflate(TEXT, false), 12)),
        400,
        "the body cannot be decoded as deflate: it ends too early");
    nothingIsLeft();
  }

  @ParameterizedTest
  @CsvSource({"br", "'gzip, gzip'", "'deflate, gzip'", "zstd", "compress"})
  void anotherCodingIs415WithThoseThatAreRead(String coding) throws Exception {
    RawHttp.Response response = post(coding, TEXT);

    assertProblem(
        response,
        415,
        "a body may have the Content-Encoding gzip or deflate, once, or none, got '"
            + coding
            + "'; send it in one of these");
    assertThat(response.headers()).containsEntry("accept-encoding", "gzip, deflate, identity");
    nothingIsLeft();
  }

  @Test
  void aClientThatLeavesBeforeItsBodyIsWholeLeavesNothingBehind() throws Exception {
    try (RawHttp http = new RawHttp(port)) {
      http.send(
              "POST /s HTTP/1.1\r\nHost: t\r\nContent-Encoding: gzip\r\nContent-Length: 100\r\n\r\n")
          .send(Arrays.copyOf(gzip(TEXT), 10));
      await()
          .atMost(Duration.ofSeconds(10))
          .until(() -> node.listeners.status().getInteger("unfinished") == 1);
    }
    nothingIsLeft();
  }
}
