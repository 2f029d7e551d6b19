package io.sparkwire.onnx;

import static io.sparkwire.onnx.TestTokenizers.stage;
import static io.sparkwire.onnx.TestTokenizers.wordPiece;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sparkwire.spark.TestSpark;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestSpark.class)
@Timeout(120)
class SharedTokenizerTest {

  private static final List<String> WORDS = List.of("the", "cat", "sat", "on", "mat", "unwanted");

  private final SparkSession spark;

  SharedTokenizerTest(SparkSession spark) {
    this.spark = spark;
  }

  /** The same tokenizer, but with content of its own. */
  private static byte[] version(int n) {
    String file = new String(wordPiece(), StandardCharsets.UTF_8);
    return file.replace("\"[UNK]\": 1", "\"[UNK]\": 1, \"v" + n + "\": " + (100 + n))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static NativeTokenizer tokenizer(int version) {
    return new TokenizerFile(version(version)).shared().get();
  }

  @Test
  void equalContentHasOneNativeTokenizer() {
    NativeTokenizer one = tokenizer(1);
    assertThat(tokenizer(1)).isSameAs(one);
    assertThat(tokenizer(2)).isNotSameAs(one);
  }

  @Test
  void eightThreadsGetWhatOneGets() throws Exception {
    NativeTokenizer tokenizer = tokenizer(3);
    List<String> texts = IntStream.range(0, 500).mapToObj(SharedTokenizerTest::text).toList();
    List<List<Long>> expected = texts.stream().map(text -> ids(tokenizer, text)).toList();
    Callable<List<List<Long>>> run = () -> texts.stream().map(t -> ids(tokenizer, t)).toList();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<List<List<Long>>>> runs = new ArrayList<>();
      IntStream.range(0, 32).forEach(i -> runs.add(run));
      for (Future<List<List<Long>>> result : threads.invokeAll(runs)) {
        assertThat(result.get()).isEqualTo(expected);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static String text(int n) {
    return WORDS.get(n % 6) + " " + WORDS.get(n / 6 % 6) + " " + n + WORDS.get(n / 36 % 6);
  }

  private static List<Long> ids(NativeTokenizer tokenizer, String text) {
    return java.util.Arrays.stream(tokenizer.ids(text)).boxed().toList();
  }

  @Test
  void theTokenizersOfVersionsThatAreGoneAreFreed() {
    for (int n = 10; n < 60; n++) {
      long rows =
          stage(version(n))
              .transform(spark.createDataset(WORDS, Encoders.STRING()).toDF("text"))
              .where("size(input_ids) > 2")
              .count();
      assertThat(rows).isEqualTo(6);
    }
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              System.gc();
              return SharedTokenizer.count() <= 3;
            });
  }
}
