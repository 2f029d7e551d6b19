package io.sparkwire.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** More requests than a slow pipeline can take. */
@ExtendWith(TestSpark.class)
class OverloadTest {

  private static final int REQUESTS = 5_000;
  private static final int MAX_IN_FLIGHT = 64;

  private final SparkSession spark;

  OverloadTest(SparkSession spark) {
    this.spark = spark;
  }

  @Test
  void theExcessIsRefusedAndTheRestAnswered() throws Exception {
    UDF1<Long, Long> slow =
        value -> {
          TimeUnit.MILLISECONDS.sleep(20); // the work of the pipeline, not a wait of the test
          return value;
        };
    try (ServingQuery query =
        Serving.on(spark)
            .server("127.0.0.1", 0, "slow")
            .option("partitions", 1)
            .option("max-in-flight", MAX_IN_FLIGHT)
            .load()
            .parseRequest("value BIGINT")
            .transform(
                rows -> rows.withColumn("out", udf(slow, DataTypes.LongType).apply(col("value"))))
            .makeReply("out")
            .replyTo("slow")
            .start()) {
      Answers answers = flood(query.port());
      assertThat(answers.other.get()).isZero();
      assertThat(answers.refusedWithoutRetryAfter.get()).isZero();
      assertThat(answers.ok.get()).isGreaterThanOrEqualTo(MAX_IN_FLIGHT);
      assertThat(answers.ok.get() + answers.refused.get()).isEqualTo(REQUESTS);
      assertThat(query.counts().orElseThrow().answered()).isEqualTo(answers.ok.get());
    }
  }

  private static Answers flood(int port) throws InterruptedException {
    Vertx vertx = Vertx.vertx();
    try {
      HttpClient client =
          vertx.createHttpClient(
              new HttpClientOptions().setDefaultPort(port).setDefaultHost("127.0.0.1"),
              new PoolOptions().setHttp1MaxSize(REQUESTS).setMaxWaitQueueSize(REQUESTS));
      Answers answers = new Answers();
      for (int i = 0; i < REQUESTS; i++) {
        Buffer body = Buffer.buffer("{\"value\":" + i + "}");
        String expected = "{\"out\":" + i + "}";
        client
            .request(HttpMethod.POST, "/slow")
            .compose(request -> request.send(body))
            .compose(
                response ->
                    response
                        .body()
                        .onSuccess(
                            b ->
                                answers.count(
                                    response.statusCode(),
                                    response.getHeader("Retry-After"),
                                    b.toString().equals(expected))))
            .onFailure(e -> answers.other.incrementAndGet())
            .onComplete(done -> answers.left.countDown());
      }
      assertThat(answers.left.await(60, TimeUnit.SECONDS)).isTrue();
      return answers;
    } finally {
      vertx.close().await();
    }
  }

  private static final class Answers {
    final AtomicInteger ok = new AtomicInteger();
    final AtomicInteger refused = new AtomicInteger();
    final AtomicInteger refusedWithoutRetryAfter = new AtomicInteger();
    final AtomicInteger other = new AtomicInteger();
    final CountDownLatch left = new CountDownLatch(REQUESTS);

    void count(int status, String retryAfter, boolean matches) {
      if (status == 200 && matches) {
        ok.incrementAndGet();
      } else if (status == 503) {
        refused.incrementAndGet();
        if (retryAfter == null) {
          refusedWithoutRetryAfter.incrementAndGet();
        }
      } else {
        other.incrementAndGet();
      }
    }
  }
}
