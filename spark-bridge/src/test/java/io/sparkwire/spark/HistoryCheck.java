package io.sparkwire.spark;

import static java.time.Duration.ofMinutes;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sparkwire.http.RawHttp;
import io.sparkwire.node.ServingNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Clients, a pipeline and a killer of queries that follow a seed; then a check of what the clients
 * got and what the pipeline computed.
 *
 * <p>{@code -Dsparkwire.check.seeds=200} runs that many schedules under each trigger, and {@code
 * -Dsparkwire.check.seed=17} that one alone.
 */
@ExtendWith(TestSpark.class)
abstract class HistoryCheck {

  private static final int CLIENTS = 8;
  private static final int PER_CLIENT = 25;
  private static final int KILLS = 5;

  private final SparkSession spark;

  HistoryCheck(SparkSession spark) {
    this.spark = spark;
  }

  abstract Trigger trigger();

  /** What one client noted of one request; the response is null if it hung up. */
  private record Note(long request, RawHttp.Response response, Duration waited) {}

  static LongStream seeds() {
    Long one = Long.getLong("sparkwire.check.seed");
    return one != null // which is not set by the build
        ? LongStream.of(one)
        : LongStream.rangeClosed(1, Integer.getInteger("sparkwire.check.seeds", 4));
  }

  @AfterEach
  void forget() {
    FaultyDoubling.clear();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void noRequestIsLostAndEachGetsItsOwnReply(long seed) throws Exception {
    FaultSchedule schedule = new FaultSchedule(seed);
    try (ServingQuery query = start(schedule)) {
      for (Note note : notes(query, schedule)) {
        check(note, schedule);
      }
      nothingIsLeft(query);
    }
  }

  private ServingQuery start(FaultSchedule schedule) {
    return Serving.on(spark)
        .server("127.0.0.1", 0, "checked")
        .option("partitions", 1)
        .option("timeout", schedule.timeout().toMillis() + "ms")
        .option("epoch-length", "2s")
        .load()
        .parseRequest("value BIGINT NOT NULL")
        .transform(
            rows ->
                rows.withColumn(
                    "out",
                    udf(new FaultyDoubling(schedule), DataTypes.LongType).apply(col("value"))))
        .makeReply("out")
        .replyTo("checked")
        .trigger(trigger())
        .start();
  }

  private static List<Note> notes(ServingQuery query, FaultSchedule schedule) throws Exception {
    AtomicInteger replies = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(CLIENTS + 1);
    try {
      Future<?> killer = threads.submit(() -> kill(query, schedule, replies));
      List<Callable<List<Note>>> clients = new ArrayList<>();
      for (long client = 0; client < CLIENTS; client++) {
        long first = client * PER_CLIENT;
        clients.add(() -> ask(query.port(), first, schedule, replies));
      }
      List<Note> notes = new ArrayList<>();
      for (Future<List<Note>> client : threads.invokeAll(clients)) {
        notes.addAll(client.get());
      }
      killer.get();
      return notes;
    } finally {
      threads.shutdownNow();
    }
  }

  private static void kill(ServingQuery query, FaultSchedule schedule, AtomicInteger replies) {
    for (int n = 0; n < KILLS; n++) {
      int after = schedule.killAfter(n);
      await().atMost(ofMinutes(2)).until(() -> replies.get() >= after);
      StreamingQuery one = query.queries().get(n % query.queries().size());
      try {
        one.stop();
      } catch (TimeoutException e) {
        throw new AssertionError(e);
      }
    }
  }

  private static List<Note> ask(int port, long first, FaultSchedule schedule, AtomicInteger replies)
      throws IOException {
    List<Note> notes = new ArrayList<>();
    RawHttp http = new RawHttp(port);
    try {
      for (long request = first; request < first + PER_CLIENT; request++) {
        long sent = System.nanoTime();
        http.post("/checked", "{\"value\":" + request + "}");
        if (schedule.of(request) == FaultSchedule.Fault.HANGS_UP) {
          http.close();
          http = new RawHttp(port);
          notes.add(new Note(request, null, null));
        } else {
          RawHttp.Response response = http.receive();
          notes.add(new Note(request, response, Duration.ofNanos(System.nanoTime() - sent)));
        }
        replies.incrementAndGet();
      }
      // Had any request been answered twice, this would get one of those answers.
      assertThat(http.post("/nowhere", "{}").receive().status()).isEqualTo(404);
      return notes;
    } finally {
      http.close();
    }
  }

  private static void check(Note note, FaultSchedule schedule) {
    if (note.response() == null) {
      return;
    }
    FaultSchedule.Fault fault = schedule.of(note.request());
    String what = "seed " + schedule.seed() + ", request " + note + " with fault " + fault;
    boolean overdue = note.waited().compareTo(schedule.timeout()) >= 0;
    if (note.response().status() == 504) {
      assertThat(overdue).as(what).isTrue();
    } else if (fault == FaultSchedule.Fault.POISON) {
      assertThat(note.response().status()).as(what).isEqualTo(500);
    } else {
      assertThat(note.response().status()).as(what).isEqualTo(200);
      assertThat(note.response().body()).as(what).isEqualTo("{\"out\":" + 2 * note.request() + "}");
      assertThat(FaultyDoubling.computed()).as(what).containsKey(note.request());
    }
  }

  private static void nothingIsLeft(ServingQuery query) {
    ServingNode node = ServingNode.current();
    await()
        .atMost(ofMinutes(1))
        .untilAsserted(
            () -> {
              assertThat(node.openExchanges()).isZero();
              assertThat(node.services().find(query.service()).service().inFlight()).isZero();
              assertThat(node.services().find(query.service()).current().intake().size()).isZero();
              assertThat(node.history().size()).isZero();
            });
  }
}
