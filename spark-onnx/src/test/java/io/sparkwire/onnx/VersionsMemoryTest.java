package io.sparkwire.onnx;

import static java.time.Duration.ofSeconds;
import static org.apache.spark.sql.functions.array_repeat;
import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sparkwire.onnx.session.NativeSessions;
import io.sparkwire.onnx.session.Sessions;
import io.sparkwire.spark.Serving;
import io.sparkwire.spark.ServingQuery;
import io.sparkwire.spark.ServingWriter;
import io.sparkwire.spark.TestClient;
import io.sparkwire.spark.TestSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * What the versions of a network leave behind in memory that replace each other in a service.
 *
 * <p>{@code -Dsparkwire.onnx.magika=FILE} lets many versions of a real network follow each other,
 * and looks at the memory of the process. The heap is to have all of its memory at once then:
 * {@code -Dtests.jvm.options="… -Xms1g -Xmx1g -XX:+AlwaysPreTouch"}.
 */
class VersionsMemoryTest {

  private static final int FEW = 10;
  private static final int MANY = 50;

  /** Of what follows each network of these tests, in its file. */
  private static final int COMMENT_BYTES = 1 << 20;

  /** What the JVM itself may take meanwhile: compiled code, classes, and the like. */
  private static final long SLACK = 8L << 20;

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
      long most = before + FEW / 2 * COMMENT_BYTES;
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
  @EnabledIfSystemProperty(named = "sparkwire.onnx.magika", matches = ".+")
  void manyVersionsTakeNoMoreMemoryThanAFew() throws Exception {
    byte[] network = Files.readAllBytes(Path.of(System.getProperty("sparkwire.onnx.magika")));
    Column input = array_repeat(col("value").cast("int"), 2048);
    List<Long> resident = new ArrayList<>();
    try (ServingQuery query = writer(version(network, 0), input).start()) {
      for (int i = 1; i <= MANY; i++) {
        query.replace(writer(version(network, i), input));
        assertThat(new TestClient(query).post("{\"value\":1}").statusCode()).isEqualTo(200);
        long storage = storage();
        resident.add(residentBytes());
        System.out.printf(
            "version %d: %d MiB, of which %d KiB are blocks%n",
            i, residentBytes() >> 20, storage >> 10);
      }
    }
    assertThat(resident.get(MANY - 1) - resident.get(FEW - 1))
        .as("growth of %s", resident)
        .isLessThan(2 * sessionBytes(network) + SLACK);
  }

  /** The network with other bytes: its field {@code doc_string} follows once more. */
  private static OnnxModel version(byte[] network, int version) throws IOException {
    byte[] comment = new byte[COMMENT_BYTES];
    java.util.Arrays.fill(comment, (byte) ('a' + version % 26));
    comment[0] = (byte) ('a' + version / 26);
    var bytes = new java.io.ByteArrayOutputStream();
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

  /** About how many bytes a session takes. */
  private static long sessionBytes(byte[] network) {
    return 2L * network.length;
  }
}
