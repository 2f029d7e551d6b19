package io.sparkwire.requestlog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sparkwire.log.Event;
import io.sparkwire.log.RecordingLogger;
import io.sparkwire.message.Header;
import io.sparkwire.message.NodeId;
import io.sparkwire.message.RequestId;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.ServiceRequest;
import io.sparkwire.telemetry.TelemetryOptions;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PayloadFilesTest {

  private static final NodeId NODE = new NodeId("n1");
  private static final String DAY = "service=s/date=2026-02-03/";

  @TempDir private Path directory;

  private final RecordingLogger log = new RecordingLogger();
  private final AtomicLong now = new AtomicLong();
  private final AtomicBoolean full = new AtomicBoolean();
  private final DroppedEntries dropped =
      new DroppedEntries(Event.PAYLOAD_LOG_DROPPED, log, "the log", now::get);

  private PayloadFiles files(String... keysAndValues) {
    Map<String, String> options = new HashMap<>();
    options.put("payload-log", directory.toString());
    for (int i = 0; i < keysAndValues.length; i += 2) {
      options.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return new PayloadFiles(
        NODE,
        TelemetryOptions.of(options).payloadLog().orElseThrow(),
        dropped,
        this::open,
        now::get);
  }

  /** A file of a disk that may be full. */
  private AppendedFile open(Path path) throws IOException {
    if (full.get()) {
      throw new IOException("No space left on device");
    }
    return AppendedFile.open(path);
  }

  private static PayloadEntry entry(long number, String time, byte[] body, byte[] reply) {
    MultiMap headers =
        MultiMap.caseInsensitiveMultiMap()
            .add("Content-Type", "text/plain")
            .add("AUTHORIZATION", "Bearer secret")
            .add("cookie", "secret")
            .add("X-Api-Key", "secret")
            .add("Proxy-Authorization", "secret")
            .add("X-Request-Id", "mine")
            .add("Other", "one")
            .add("Other", "two")
            .add(ServiceRequest.PRINCIPAL, "alice")
            .add(ServiceRequest.CLIENT_SUBJECT, "CN=alice");
    ServiceRequest request =
        new ServiceRequest(
            new RequestId(NODE, number),
            "s",
            "POST",
            "/s?a=b",
            "HTTP/1.1",
            headers,
            Map.of(),
            body,
            ServiceRequest.ONE_ROW,
            Instant.parse(time).toEpochMilli() * 1_000);
    ServiceReply answer =
        ServiceReply.ok("text/plain", reply)
            .with(
                List.of(new Header("Set-Cookie", "secret"), new Header("Sparkwire-Version", "v7")));
    return new PayloadEntry(request.id(), request, answer, null, 1_234);
  }

  private static PayloadEntry entry(long number) {
    byte[] body = ("body " + number).getBytes(UTF_8);
    return entry(number, "2026-02-03T04:05:06.789Z", body, body);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(Files::isRegularFile)
          .map(file -> directory.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  private List<String> lines(String name) throws IOException {
    Path file = directory.resolve(name);
    try (InputStream in = Files.newInputStream(file);
        InputStream plain = name.endsWith(".gz") ? new GZIPInputStream(in) : in) {
      return new String(plain.readAllBytes(), UTF_8).lines().toList();
    }
  }

  private List<Long> numbers() throws IOException {
    return names().stream()
        .flatMap(
            name -> {
              try {
                return lines(name).stream();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            })
        .map(line -> RequestId.parse(new JsonObject(line).getString("id")).sequence())
        .toList();
  }

  @Test
  void aRecordHasRequestAndReplyAndNoCredentials() throws IOException {
    PayloadFiles files = files("payload-log-headers", "on");
    files.write(entry(10));
    files.close();

    assertThat(names()).containsExactly(DAY + "part-n1-0.json");
    assertThat(lines(DAY + "part-n1-0.json"))
        .containsExactly(
            "{\"time\":\"2026-02-03T04:05:06.789Z\",\"id\":\"n1-a\",\"requestId\":\"mine\","
                + "\"node\":\"n1\",\"version\":\"v7\",\"principal\":\"alice\",\"method\":\"POST\","
                + "\"uri\":\"/s?a=b\",\"status\":200,\"failure\":null,\"worker\":null,"
                + "\"attempts\":null,\"queueMicros\":null,\"pipelineMicros\":null,"
                + "\"totalMicros\":1234,"
                + "\"request\":{\"contentType\":\"text/plain\",\"headers\":["
                + "{\"name\":\"Content-Type\",\"value\":\"text/plain\"},"
                + "{\"name\":\"X-Request-Id\",\"value\":\"mine\"},"
                + "{\"name\":\"Other\",\"value\":\"one\"},{\"name\":\"Other\",\"value\":\"two\"}],"
                + "\"bytes\":7,\"body\":\"body 10\",\"bodyBase64\":null},"
                + "\"reply\":{\"contentType\":\"text/plain\",\"headers\":["
                + "{\"name\":\"Sparkwire-Version\",\"value\":\"v7\"}],"
                + "\"bytes\":7,\"body\":\"body 10\",\"bodyBase64\":null}}");
  }

  @Test
  void fieldsAreLeftOut() throws IOException {
    PayloadFiles files = files("payload-log-omit", "principal,uri,request.body,reply.body");
    files.write(entry(10));
    files.close();

    JsonObject record = new JsonObject(lines(names().get(0)).get(0));
    assertThat(record.encode()).doesNotContain("alice", "/s", "body 10", "Other", "Sparkwire");
    assertThat(record.getJsonObject("request").getInteger("bytes")).isEqualTo(7);
  }

  @Test
  void aBodyThatIsNoTextIsInBase64() throws IOException {
    PayloadFiles files = files();
    byte[] binary = {(byte) 0xff, 0, 1};
    byte[] text = "\u00fc\"\n\u0000".getBytes(UTF_8);
    files.write(entry(1, "2026-02-03T04:05:06Z", binary, text));
    files.close();

    JsonObject record = new JsonObject(lines(names().get(0)).get(0));
    assertThat(record.getJsonObject("request").getString("body")).isNull();
    assertThat(record.getJsonObject("request").getString("bodyBase64"))
        .isEqualTo(Base64.getEncoder().encodeToString(binary));
    assertThat(record.getJsonObject("reply").getString("body")).isEqualTo("\u00fc\"\n\u0000");
  }

  @Test
  void eachDayOfUtcIsADirectory() throws IOException {
    PayloadFiles files = files();
    files.write(entry(1, "2026-02-03T23:59:59.999Z", new byte[0], new byte[0]));
    files.write(entry(2, "2026-02-04T00:00:00Z", new byte[0], new byte[0]));
    files.close();

    assertThat(names())
        .containsExactly(DAY + "part-n1-0.json", "service=s/date=2026-02-04/part-n1-1.json");
  }

  @Test
  void aFileIsHiddenUntilItIsOldEnough() throws IOException {
    PayloadFiles files = files("payload-log-file-age", "10s");
    files.write(entry(1));
    files.flush();
    now.addAndGet(9_999_999_999L);
    files.check();
    assertThat(names()).containsExactly(DAY + ".part-n1-0.json");
    now.addAndGet(1);
    files.check();
    assertThat(names()).containsExactly(DAY + "part-n1-0.json");
    files.write(entry(2));
    files.close();
    assertThat(names()).containsExactly(DAY + "part-n1-0.json", DAY + "part-n1-1.json");
  }

  @Test
  void aFileIsCompleteWhenItIsLargeEnough() throws IOException {
    PayloadFiles files = files("payload-log-file-size", "64KB");
    for (int i = 0; i < 1_000; i++) {
      files.write(entry(i));
      files.flush();
      files.check();
    }
    files.close();

    assertThat(names()).hasSizeBetween(6, 12);
    for (String name : names()) {
      assertThat(Files.size(directory.resolve(name))).isLessThan((64 << 10) + 1_000);
    }
    assertThat(numbers()).hasSize(1_000).doesNotHaveDuplicates();
  }

  @Test
  void compressedFilesAreWholeHoweverTheyWereWritten() throws IOException {
    PayloadFiles files = files("payload-log-gzip", "on");
    for (int i = 0; i < 100; i++) {
      files.write(entry(i));
      if (i % 7 == 0) {
        files.flush();
      }
    }
    files.close();

    assertThat(names()).containsExactly(DAY + "part-n1-0.json.gz");
    assertThat(numbers()).hasSize(100).isSorted();
  }

  @Test
  void whileTheDiskIsFullRecordsAreDroppedAndSaid() throws IOException {
    PayloadFiles files = files();
    full.set(true);
    files.write(entry(1));
    files.write(entry(2));
    files.flush();
    dropped.say();
    assertThat(files.isBlocked()).isTrue();
    assertThat(names()).isEmpty();
    full.set(false);
    now.addAndGet(1_000_000_000);
    assertThat(files.isBlocked()).isFalse();
    files.write(entry(3));
    files.close();

    assertThat(numbers()).containsExactly(3L);
    assertThat(dropped.count()).isEqualTo(2);
    assertThat(log.lines)
        .containsExactly(
            "WARN event=payload-log-dropped the log has dropped 2 request(s), 2 in all: No space"
                + " left on device");
  }
}
