package io.sparkwire.onnx;

import static java.time.Duration.ofSeconds;
import static org.apache.spark.sql.functions.array_repeat;
import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import io.sparkwire.onnx.session.NativeSessions;
import io.sparkwire.onnx.session.NetworkId;
import io.sparkwire.onnx.session.SessionSettings;
import io.sparkwire.onnx.session.SessionSettings.ExecutionProvider;
import io.sparkwire.onnx.session.Sessions;
import io.sparkwire.spark.Serving;
import io.sparkwire.spark.ServingQuery;
import io.sparkwire.spark.ServingWriter;
import io.sparkwire.spark.TestClient;
import io.sparkwire.spark.TestSpark;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What the versions of a network leave behind in memory that replace each other in a service.
 *
 * <p>{@code -Dtests.tags=long -Dsparkwire.onnx.magika=FILE} lets many versions of a real network
 * follow each other, and looks at the memory of the process. Its heap should be touched from the
 * start then ({@code -Xms1g -Xmx1g -XX:+AlwaysPreTouch}), and {@code MALLOC_ARENA_MAX=2} be set:
 * otherwise glibc keeps freed memory of sessions in an arena for nearly each thread.
 */
class VersionsMemoryTest {

  private static final int FEW = 10;
  private static final int MANY = 50;

  /** How long the text is by which versions of a network differ. */
  private static final int COMMENT_BYTES = 1 << 20;

  private static final SessionSettings SETTINGS =
      new SessionSettings(1, ExecutionProvider.CPU, OptLevel.ALL_OPT);

  private final SparkSession spark = TestSpark.session();
  private final NativeSessions natives = new NativeSessions();

  private ServingWriter writer(OnnxModel model, Column input) {
    String name = model.signature().inputs().get(0).name();
    return Serving.on(spark)
        .server("127.0.0.1", 0, "versions")
        .option("partitions", 1)
        .load()
        .parseRequest("value BIGINT NOT NULL")
        .transform(rows -> rows.withColumn(name, input))
        .mlTransform(model)
        .makeReply("value")
        .replyTo("versions");
  }

  @Test
  @Timeout(120)
  void nothingOfAVersionStaysOpenThatAnotherHasReplaced() throws Exception {
    byte[] network = Networks.bytes("pick");
    OnnxModel model = version(network, 0).setThreads(NativeSessions.THREADS);
    try (ServingQuery query = writer(model, col("value")).start()) {
      assertThat(new TestClient(query).post("{\"value\":1}").statusCode()).isEqualTo(200);
      long before = storage();
      for (int i = 1; i <= FEW; i++) {
        OnnxModel next = version(network, i).setThreads(NativeSessions.THREADS);
        query.replace(writer(next, col("value")));
        assertThat(new TestClient(query).post("{\"value\":1}").statusCode()).isEqualTo(200);
        assertThat(Sessions.OF_JVM.isOpen(model.id())).isFalse();
        await().atMost(ofSeconds(10)).until(() -> natives.open() == 1);
        model = next;
      }
      long most = before + FEW / 2L * COMMENT_BYTES;
      await().atMost(ofSeconds(30)).untilAsserted(() -> assertThat(storage()).isLessThan(most));
    }
    await().atMost(ofSeconds(10)).until(() -> natives.open() == 0);
  }

  /** How many bytes of blocks, such as networks, Spark holds once nothing refers to others. */
  private long storage() {
    System.gc();
    var memory = spark.sparkContext().getExecutorMemoryStatus().head()._2();
    return (long) memory._1() - (long) memory._2();
  }

  @Test
  @Tag("long")
  void manyVersionsTakeNoMoreMemoryThanAFew() throws Exception {
    byte[] network = Files.readAllBytes(Path.of(System.getProperty("sparkwire.onnx.magika")));
    Column input = array_repeat(col("value").cast("int"), 2048);
    follow(Networks.bytes("pick"), col("value")); // until the JVM has loaded and compiled the rest
    List<Long> resident = follow(network, input);
    long session = sessionBytes(network);
    long growth = resident.get(MANY - 1) - resident.get(FEW - 1);
    System.out.printf(
        "grew by %d KiB after %d of %d versions; a session has %d KiB%n",
        growth >> 10, FEW, MANY, session >> 10);
    assertThat(growth).isLessThan(2 * session);
  }

  /** What the process has in memory after each of many versions. */
  private List<Long> follow(byte[] network, Column input) throws Exception {
    List<Long> resident = new ArrayList<>();
    try (ServingQuery query = writer(version(network, 0), input).start()) {
      for (int i = 1; i <= MANY; i++) {
        query.replace(writer(version(network, i), input));
        assertThat(new TestClient(query).post("{\"value\":1}").statusCode()).isEqualTo(200);
        System.gc();
        resident.add(residentBytes());
        System.out.printf("version %d: %d KiB%n", i, residentBytes() >> 10);
      }
    }
    return resident;
  }

  /** The network with other bytes: its field {@code doc_string} follows once more. */
  private static OnnxModel version(byte[] network, int version) throws IOException {
    byte[] comment = new byte[COMMENT_BYTES];
    Arrays.fill(comment, (byte) ('a' + version % 26));
    comment[0] = (byte) ('a' + version / 26);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(network);
    bytes.write(6 << 3 | 2); // its number, and that it is a string
    for (int rest = comment.length; rest > 0; rest >>>= 7) {
      bytes.write(rest < 0x80 ? rest : (rest & 0x7F) | 0x80);
    }
    bytes.write(comment);
    return new OnnxModel().setModelBytes(bytes.toByteArray());
  }

  private static long residentBytes() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
        .sum();
  }

  /** About how many bytes a session takes, by those of several. */
  private long sessionBytes(byte[] network) throws IOException {
    long before = residentBytes();
    List<NetworkId> opened =
        IntStream.range(0, FEW).mapToObj(i -> new NetworkId("size " + i, SETTINGS)).toList();
    opened.forEach(id -> Sessions.OF_JVM.acquire(id, () -> network, this));
    long bytes = (residentBytes() - before) / FEW;
    opened.forEach(id -> Sessions.OF_JVM.release(id, this, false));
    return bytes;
  }
}
