package io.sparkwire.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class EventTest {

  /** A row of the table: name, level, meaning, what to do. */
  private static final Pattern ROW =
      Pattern.compile(
          "^\\| `([a-z-]+)` \\| (INFO|WARN|ERROR) \\| .+ \\| .+ \\|$", Pattern.MULTILINE);

  private final RecordingLogger log = new RecordingLogger();

  private static List<String> documented() throws IOException {
    String page = Files.readString(Path.of("../docs/operations.md"));
    String table = page.substring(page.indexOf("| event | level | meaning | what to do |"));
    return ROW.matcher(table.substring(0, table.indexOf("\n\n")))
        .results()
        .map(row -> row.group(1))
        .toList();
  }

  @Test
  void theDocumentationListsExactlyTheEventsInTheirOrder() throws IOException {
    assertThat(documented())
        .containsExactlyElementsOf(Arrays.stream(Event.values()).map(Event::key).toList());
  }

  @Test
  void aLineBeginsWithTheNameOfItsEvent() {
    Event.NODE_LEFT.warn(log, "node {} has left the cluster", "n1");
    Event.NODE_CHANGED.info(log, "{} has left", "worker n1");

    assertThat(log.lines)
        .containsExactly(
            "WARN event=node-left node n1 has left the cluster",
            "INFO event=node-changed worker n1 has left");
  }

  @Test
  void aFailureIsOneLineWithTheMessageOfItsCauseAndAStackTraceAtDebug() {
    Exception failure = new IllegalStateException("outer", new IOException("the disk is full"));
    Event.REPLY_NOT_KEPT.warn(log, failure, "the reply to {} could not be kept", "a/{}");

    assertThat(log.lines)
        .containsExactly(
            "WARN event=reply-not-kept the reply to a/{} could not be kept: the disk is full",
            "DEBUG the reply to a/{} could not be kept <IllegalStateException>");
  }

  @Test
  void anErrorHasItsStackTrace() {
    Event.QUERY_FAILED.error(log, new IOException("no table"), "query {} has failed", "q");

    assertThat(log.lines)
        .containsExactly("ERROR event=query-failed query q has failed: no table <IOException>");
  }
}
