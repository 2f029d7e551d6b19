package io.sparkwire.requestlog;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.sparkwire.log.Event;
import io.sparkwire.log.RecordingLogger;
import io.sparkwire.message.NodeId;
import io.sparkwire.telemetry.AccessLogOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessFileTest {

  @TempDir private Path directory;

  private final RecordingLogger log = new RecordingLogger();
  private final AtomicLong now = new AtomicLong();
  private int lines;
  private final DroppedEntries dropped =
      new DroppedEntries(Event.ACCESS_LOG_DROPPED, log, "the log", now::get);

  private AccessFile open(Path file) throws IOException {
    AccessLogOptions options = new AccessLogOptions(file.toString(), AccessLogOptions.Format.JSON);
    return new AccessFile(options, dropped, now::get);
  }

  /** Writes a line with its number. */
  private void write(AccessFile file) {
    lines++;
    byte[] line = (lines + "\n").getBytes(US_ASCII);
    file.write(new LineBatch(Arrays.copyOf(line, 100), line.length, 1));
    file.flush();
  }

  @Test
  void linesAreAddedToAFileThatIsThere() throws IOException {
    Path path = directory.resolve("a.log");
    Files.writeString(path, "0\n");
    AccessFile file = open(path);
    write(file);
    file.close();

    assertThat(Files.readAllLines(path)).containsExactly("0", "1");
  }

  @Test
  void aFileThatWasMovedIsNoticedAfterASecond() throws IOException {
    Path path = directory.resolve("a.log");
    Path moved = directory.resolve("a.log.1");
    AccessFile file = open(path);
    write(file);
    Files.move(path, moved);
    write(file);
    now.addAndGet(1_000_000_000);
    write(file);
    file.close();

    assertThat(Files.readAllLines(moved)).containsExactly("1", "2");
    assertThat(Files.readAllLines(path)).containsExactly("3");
  }

  @Test
  void aFullDiskDropsLinesSaysSoOnceInTenSecondsAndIsTriedAgain() throws IOException {
    Path device = Path.of("/dev/full");
    assumeThat(device).exists();
    AccessFile file = open(device);
    for (int second = 0; second < 12; second++) {
      assertThat(file.isBlocked()).isFalse();
      write(file);
      assertThat(file.isBlocked()).isTrue();
      dropped.say();
      now.addAndGet(1_000_000_000);
    }

    assertThat(log.lines)
        .isEqualTo(
            List.of(
                "WARN event=access-log-dropped the log has dropped 1 request(s), 1 in all: No space"
                    + " left on device",
                "WARN event=access-log-dropped the log has dropped 10 request(s), 11 in all: No"
                    + " space left on device"));
  }

  @Test
  void aFileThatCannotBeOpenedStopsTheStart() {
    AccessLogOptions options =
        new AccessLogOptions(
            directory.resolve("no/such/a.log").toString(), AccessLogOptions.Format.JSON);

    assertThatThrownBy(() -> AccessLog.open(new NodeId("n1"), options))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("cannot write the access log " + options.file());
  }
}
