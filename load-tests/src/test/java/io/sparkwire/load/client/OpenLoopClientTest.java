package io.sparkwire.load.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkwire.load.report.TimelinePlot;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class OpenLoopClientTest {

  private static final int RATE = 1_000;
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration PAUSE = Duration.ofMillis(400);

  private static OpenLoopClient.Run run(FakeServer server) throws Exception {
    return new OpenLoopClient(server.target(Workload.ECHO), 4, RATE).run(Duration.ZERO, SECOND);
  }

  @Test
  void itSendsAtItsRate() throws Exception {
    try (FakeServer server = FakeServer.http(FakeServer::echo)) {
      RunReport report = run(server).report();

      assertThat(report.isFlawless()).isTrue();
      assertThat(report.right()).isEqualTo(RATE);
    }
  }

  @Test
  void aPauseShowsInAllRequestsThatFellIntoIt() throws Exception {
    AtomicInteger requests = new AtomicInteger();
    try (FakeServer server =
        FakeServer.http(
            (request, body) -> {
              if (requests.incrementAndGet() == RATE / 4) {
                LockSupport.parkNanos(PAUSE.toNanos());
              }
              FakeServer.echo(request, body);
            })) {
      OpenLoopClient.Run run = run(server);

      assertThat(run.report().isFlawless()).isTrue();
      assertThat(run.report().right()).isEqualTo(RATE);
      // A fifth of all was due in the first half of the pause, and waited for the second.
      double halfPauseMicros = TimeUnit.MILLISECONDS.toMicros(PAUSE.toMillis() / 2);
      assertThat(run.report().latencies().p90()).isGreaterThan(halfPauseMicros);
      assertThat(Arrays.stream(run.timeline().millis()).filter(worst -> worst > 50).count())
          .isGreaterThanOrEqualTo(3);
    }
  }

  @Test
  void aTimelineHasTheLongestWaitOfEachTenthOfASecond() {
    Timeline timeline = new Timeline(SECOND);
    timeline.add(-1, TimeUnit.MILLISECONDS.toNanos(9));
    timeline.add(TimeUnit.MILLISECONDS.toNanos(150), TimeUnit.MILLISECONDS.toNanos(3));
    timeline.add(TimeUnit.MILLISECONDS.toNanos(199), TimeUnit.MILLISECONDS.toNanos(2));
    timeline.add(TimeUnit.SECONDS.toNanos(5), TimeUnit.MILLISECONDS.toNanos(9));

    double[] expected = new double[11];
    expected[1] = 3;
    assertThat(timeline.millis()).containsExactly(expected);
  }

  @Test
  void aPlotHasAPanelForEachTimeline(@TempDir Path directory) throws Exception {
    Timeline timeline = new Timeline(SECOND);
    timeline.add(0, TimeUnit.MILLISECONDS.toNanos(100));
    Map<String, Timeline> timelines = new LinkedHashMap<>();
    timelines.put("one", timeline);
    Path one = directory.resolve("one.png");
    new TimelinePlot(timelines).write(one);
    timelines.put("two", timeline);
    Path two = directory.resolve("two.png");
    new TimelinePlot(timelines).write(two);

    BufferedImage plot = ImageIO.read(two.toFile());
    assertThat(plot.getHeight()).isEqualTo(2 * ImageIO.read(one.toFile()).getHeight());
    assertThat(plot.getRGB(0, 0)).as("background").isEqualTo(0xFFFFFFFF);
  }
}
