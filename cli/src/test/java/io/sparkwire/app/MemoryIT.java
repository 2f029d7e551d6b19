package io.sparkwire.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the fat jar keeps on a small heap while large bodies arrive, and afterwards. */
@Timeout(300)
class MemoryIT {

  private static final int BODY = 1_000_000;
  private static final Duration TIME = Duration.ofSeconds(20);
  private static final List<String> SMALL_HEAP = List.of("-Xmx512m");

  /** As docs/operations.md has it: a tenth of the heap for kept replies. */
  private static final long KEPT = (512L << 20) / 10;

  /** Two partitions of two replicas, and what Spark's operators keep of the largest row. */
  private static final long READERS = 4 * 6L * BODY;

  private static final long SLACK = 16L << 20;

  private static final String[] ECHO = {
    "serve",
    "--name",
    "echo",
    "--schema",
    "value BIGINT, padding STRING",
    "--sql",
    "SELECT value, padding FROM requests",
    "--port",
    "0",
    "--max-in-flight",
    "16",
    "--partitions",
    "2",
    "--master",
    "local[4]",
    "--idempotency",
    "1h"
  };

  @TempDir Path directory;

  @Test
  void largeBodiesWithIdempotencyKeysLeaveTheHeapWithinItsBound() throws Exception {
    try (RunningApp app = RunningApp.start(Machine.THIS, SMALL_HEAP, directory, ECHO)) {
      String url = app.url();
      app.ask("{\"value\":1}");
      long before = app.liveHeap();
      LargeBodies large = allAreAnswered(url);

      assertThat(large.answered()).as("enough to fill kept replies").isGreaterThan(100);
      staysWithin(KEPT + READERS + SLACK, before, app);
    }
  }

  /** Four clients with large bodies, and two others beside them. */
  private static LargeBodies allAreAnswered(String url) throws InterruptedException {
    LargeBodies large = new LargeBodies(url, 4, BODY);
    SteadyLoad good = new SteadyLoad(url, 2);
    good.awaitMore(100, TIME);
    good.stop();
    large.stop();
    assertThat(good.failures()).isEmpty();
    assertThat(large.failures()).isEmpty();
    return large;
  }

  private static void staysWithin(long bound, long before, RunningApp app) throws Exception {
    assertThat(app.isAlive()).isTrue();
    assertThat(app.liveHeap() - before).isLessThan(bound);
    assertThat(app.errLines()).noneMatch(line -> line.contains("OutOfMemory"));
  }
}
