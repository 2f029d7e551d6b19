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
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
  private static final int MAX_ATTEMPTS = 2;

  /** A failure after a shuffle ends the query, so each takes seconds. */
  private static final int PER_CLIENT_SHUFFLED = 5;

  private final SparkSession spark;

  HistoryCheck(SparkSession spark) {
    this.spark = spark;
  }

  abstract Trigger trigger();

  /** Whether rows can go to another task before they are computed. */
  boolean canShuffle() {
    return false;
  }

  private boolean shuffles(FaultSchedule schedule) {
    return schedule.hasManyRows() && canShuffle();
  }

  /** What one client noted of one request; the response is null if it hung up. */
  private record Note(List<Long> values, RawHttp.Response response, Duration waited) {

    long met(FaultSchedule.Fault fault, FaultSchedule schedule) {
      return values.stream().filter(value -> schedule.of(value) == fault).count();
    }

    /** Whether the pipeline fails on it as often as it is tried, whichever row is to blame. */
    boolean mayBeQuarantined(FaultSchedule schedule) {
      return response.status() == 500
          && met(FaultSchedule.Fault.FAILS_ONCE, schedule) >= MAX_ATTEMPTS;
    }
  }

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
        .option("max-attempts", MAX_ATTEMPTS)
        .option("batch", schedule.hasManyRows() ? "on" : "off")
        .load()
        .parseRequest("value BIGINT NOT NULL")
        .transform(rows -> shuffles(schedule) ? rows.repartition(2) : rows)
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

  private List<Note> notes(ServingQuery query, FaultSchedule schedule) throws Exception {
    AtomicInteger replies = new AtomicInteger();
    int perClient = shuffles(schedule) ? PER_CLIENT_SHUFFLED : PER_CLIENT;
    ExecutorService threads = Executors.newFixedThreadPool(CLIENTS + 1);
    try {
      Future<?> killer = threads.submit(() -> kill(query, kills(schedule), replies));
      List<Callable<List<Note>>> clients = new ArrayList<>();
      for (long client = 0; client < CLIENTS; client++) {
        List<List<Long>> requests =
            LongStream.range(client * perClient, (client + 1) * perClient)
                .mapToObj(schedule::values)
                .toList();
        clients.add(() -> ask(query.port(), requests, schedule, replies));
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

  /** After how many replies a query is stopped, each time. */
  private List<Integer> kills(FaultSchedule schedule) {
    return shuffles(schedule)
        ? List.of(schedule.killAfter(0) / 2)
        : IntStream.range(0, KILLS).mapToObj(schedule::killAfter).toList();
  }

  private static void kill(ServingQuery query, List<Integer> kills, AtomicInteger replies) {
    for (int n = 0; n < kills.size(); n++) {
      int after = kills.get(n);
      await().atMost(ofMinutes(2)).until(() -> replies.get() >= after);
      StreamingQuery one = query.queries().get(n % query.queries().size());
      try {
        one.stop();
      } catch (TimeoutException e) {
        throw new AssertionError(e);
      }
    }
  }

  private static List<Note> ask(
      int port, List<List<Long>> requests, FaultSchedule schedule, AtomicInteger replies)
      throws IOException {
    List<Note> notes = new ArrayList<>();
    RawHttp http = new RawHttp(port);
    try {
      for (List<Long> values : requests) {
        long sent = System.nanoTime();
        http.post("/checked", body("value", 1, values, schedule.hasManyRows()));
        if (schedule.of(values.get(0)) == FaultSchedule.Fault.HANGS_UP) {
          http.close();
          http = new RawHttp(port);
          notes.add(new Note(values, null, null));
        } else {
          RawHttp.Response response = http.receive();
          notes.add(new Note(values, response, Duration.ofNanos(System.nanoTime() - sent)));
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
    String what = "seed " + schedule.seed() + ", request " + note;
    boolean overdue = note.waited().compareTo(schedule.timeout()) >= 0;
    if (note.response().status() == 504) {
      assertThat(overdue).as(what).isTrue();
    } else if (note.met(FaultSchedule.Fault.POISON, schedule) > 0) {
      assertThat(note.response().status()).as(what).isEqualTo(500);
    } else if (!note.mayBeQuarantined(schedule)) {
      assertThat(note.response().status()).as(what).isEqualTo(200);
      assertThat(note.response().body())
          .as(what)
          .isEqualTo(body("out", 2, note.values(), schedule.hasManyRows()));
      assertThat(FaultyDoubling.computed())
          .as(what)
          .containsKeys(note.values().toArray(Long[]::new));
    }
  }

  /** An object with that multiple of a value; an array of them where requests have many rows. */
  private static String body(String name, int multiple, List<Long> values, boolean many) {
    String rows =
        values.stream()
            .map(value -> "{\"" + name + "\":" + multiple * value + "}")
            .collect(Collectors.joining(","));
    return many ? "[" + rows + "]" : rows;
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
