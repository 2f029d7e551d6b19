package io.sparkwire.onnx.session;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import io.sparkwire.onnx.Networks;
import io.sparkwire.onnx.session.SessionSettings.ExecutionProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SessionsTest {

  private static final Duration LONG = ofMinutes(10);
  private static final Duration SHORT = Duration.ofMillis(50);
  private static final int TASKS = 8;

  private final NativeSessions natives = new NativeSessions();
  private final AtomicInteger opened = new AtomicInteger();
  private final ExecutorService threads = Executors.newFixedThreadPool(TASKS);

  @AfterEach
  void nothingStaysOpen() {
    threads.shutdownNow();
    awaitOpen(0);
  }

  /** A thread that has ended is listed for a moment. */
  private void awaitOpen(int sessions) {
    await().atMost(ofSeconds(10)).until(() -> natives.open() == sessions);
  }

  private static NetworkId network(String name) {
    return new NetworkId(
        name, new SessionSettings(NativeSessions.THREADS, ExecutionProvider.CPU, OptLevel.ALL_OPT));
  }

  private byte[] bytes() {
    opened.incrementAndGet();
    return Networks.bytes("pick");
  }

  private SharedSession acquire(Sessions sessions, Object owner) {
    return sessions.acquire(network("pick"), this::bytes, owner);
  }

  private static void release(Sessions sessions, Object owner, boolean recurs) {
    sessions.release(network("pick"), owner, recurs);
  }

  private static <T> T run(SharedSession session, SharedSession.Reader<T> reader)
      throws OrtException, InterruptedException {
    try (OnnxTensor index =
        OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), new long[] {2})) {
      return session.run(Map.of("index", index), Set.of("picked"), reader);
    }
  }

  private static long picked(SharedSession session) throws OrtException, InterruptedException {
    return run(session, results -> ((long[]) results.get(0).getValue())[0]);
  }

  @Test
  void ownersShareASessionUntilTheLastOneHasGivenItBack() throws Exception {
    Sessions sessions = new Sessions(LONG);
    SharedSession session = acquire(sessions, "a");
    assertThat(acquire(sessions, "b")).isSameAs(session);
    assertThat(opened).hasValue(1);
    awaitOpen(1);

    release(sessions, "a", false);
    assertThat(picked(session)).isEqualTo(30);
    assertThat(sessions.isOpen(network("pick"))).isTrue();

    release(sessions, "b", false);
    assertThat(sessions.isOpen(network("pick"))).isFalse();
    awaitOpen(0);
    assertThatThrownBy(() -> picked(session))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("has been closed");
  }

  @Test
  void anOwnerGivesBackOnceWhatItHasAcquiredTwice() {
    Sessions sessions = new Sessions(LONG);
    acquire(sessions, "a");
    acquire(sessions, "a");
    release(sessions, "a", false);
    assertThat(sessions.isOpen(network("pick"))).isFalse();
  }

  @Test
  void anOwnerThatHasNoneGivesNothingBack() {
    Sessions sessions = new Sessions(LONG);
    release(sessions, "a", false);
    acquire(sessions, "a");
    release(sessions, "b", false);
    assertThat(sessions.isOpen(network("pick"))).isTrue();
    release(sessions, "a", false);
  }

  @Test
  void anotherNetworkHasASessionOfItsOwn() {
    Sessions sessions = new Sessions(LONG);
    SharedSession session = acquire(sessions, "a");
    assertThat(sessions.acquire(network("other"), this::bytes, "a")).isNotSameAs(session);
    awaitOpen(2);
    release(sessions, "a", false);
    sessions.release(network("other"), "a", false);
  }

  @Test
  void aSessionThatIsNeededAgainSoonStaysOpen() throws Exception {
    Sessions sessions = new Sessions(LONG);
    SharedSession session = acquire(sessions, "a");
    release(sessions, "a", true);
    assertThat(acquire(sessions, "b")).isSameAs(session);
    assertThat(picked(session)).isEqualTo(30);
    assertThat(opened).hasValue(1);
    release(sessions, "b", false);
  }

  @Test
  void aSessionThatIsNotNeededAgainIsClosed() {
    Sessions sessions = new Sessions(SHORT);
    acquire(sessions, "a");
    awaitOpen(1);
    release(sessions, "a", true);
    await().atMost(ofSeconds(10)).until(() -> !sessions.isOpen(network("pick")));
    awaitOpen(0);
  }

  @Test
  void anOwnerThatComesInTimeKeepsTheSessionOpen() throws Exception {
    Sessions sessions = new Sessions(SHORT);
    SharedSession session = acquire(sessions, "a");
    sessions.acquire(network("other"), this::bytes, "a");
    release(sessions, "a", true);
    acquire(sessions, "b");
    sessions.release(network("other"), "a", true);
    await().atMost(ofSeconds(10)).until(() -> !sessions.isOpen(network("other"))); // comes later
    assertThat(sessions.isOpen(network("pick"))).isTrue();
    assertThat(picked(session)).isEqualTo(30);
    release(sessions, "b", false);
  }

  @Test
  void aNetworkThatCannotBeOpenedHasNoSession() throws Exception {
    Sessions sessions = new Sessions(LONG);
    assertThatThrownBy(() -> sessions.acquire(network("pick"), () -> new byte[] {1, 2, 3}, "a"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the network cannot be opened");
    release(sessions, "a", false);
    assertThat(sessions.isOpen(network("pick"))).isFalse();

    assertThat(picked(acquire(sessions, "a"))).isEqualTo(30);
    release(sessions, "a", false);
  }

  @Test
  void tasksThatBeginAtOnceOpenItOnce() throws Exception {
    Sessions sessions = new Sessions(LONG);
    CyclicBarrier all = new CyclicBarrier(TASKS);
    List<Callable<SharedSession>> tasks = new ArrayList<>();
    for (int task = 0; task < TASKS; task++) {
      int owner = task;
      tasks.add(
          () -> {
            all.await();
            return acquire(sessions, owner);
          });
    }
    for (Future<SharedSession> session : threads.invokeAll(tasks)) {
      assertThat(session.get()).isSameAs(acquire(sessions, 0));
    }
    assertThat(opened).hasValue(1);
    awaitOpen(1);
    for (int owner = 0; owner < TASKS; owner++) {
      release(sessions, owner, false);
    }
  }

  @Test
  void aNetworkThatTakesLongToOpenHoldsUpNoOther() throws Exception {
    Sessions sessions = new Sessions(LONG);
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch otherIsOpen = new CountDownLatch(1);
    Future<SharedSession> slow =
        threads.submit(
            () ->
                sessions.acquire(
                    network("slow"),
                    () -> {
                      begun.countDown();
                      awaitUninterrupted(otherIsOpen);
                      return bytes();
                    },
                    "a"));
    begun.await();
    acquire(sessions, "a");
    assertThat(sessions.isOpen(network("slow"))).isTrue();
    otherIsOpen.countDown();
    assertThat(picked(slow.get())).isEqualTo(30);
    sessions.release(network("slow"), "a", false);
    release(sessions, "a", false);
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aSessionThatEndsDuringARunIsClosedAfterIt() throws Exception {
    Sessions sessions = new Sessions(LONG);
    SharedSession session = acquire(sessions, "a");
    awaitOpen(1);
    long picked =
        run(
            session,
            results -> {
              release(sessions, "a", false);
              assertThat(sessions.isOpen(network("pick"))).isFalse();
              awaitOpen(1);
              assertThatThrownBy(() -> picked(session)).isInstanceOf(IllegalStateException.class);
              return ((long[]) results.get(0).getValue())[0];
            });
    assertThat(picked).isEqualTo(30);
    awaitOpen(0);
  }

  @Test
  void tasksThatComeAndGoNeverMeetAClosedSession() throws Exception {
    Sessions sessions = new Sessions(LONG);
    List<Callable<Long>> tasks = new ArrayList<>();
    for (int task = 0; task < TASKS; task++) {
      int owner = task;
      tasks.add(
          () -> {
            long sum = 0;
            for (int i = 0; i < 50; i++) {
              sum += picked(acquire(sessions, owner));
              release(sessions, owner, false);
            }
            return sum;
          });
    }
    for (Future<Long> sum : threads.invokeAll(tasks)) {
      assertThat(sum.get()).isEqualTo(50 * 30);
    }
    assertThat(sessions.isOpen(network("pick"))).isFalse();
  }
}
