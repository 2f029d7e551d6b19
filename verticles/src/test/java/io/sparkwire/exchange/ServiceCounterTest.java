package io.sparkwire.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ServiceCounterTest {

  private static final String GOLDEN =
      "{\"admitted\":1,\"refused\":2,\"answered\":3,\"expired\":4,\"abandoned\":5,\"lateAnswers\":6,"
          + "\"quarantined\":7,\"incomplete\":8,\"unread\":9,\"secondRows\":10}";

  /** Every counter with another value: 1, 2, 3 and so on. */
  private static Service.Counts counts() {
    Map<ServiceCounter, Long> values = new EnumMap<>(ServiceCounter.class);
    for (ServiceCounter counter : ServiceCounter.values()) {
      values.put(counter, values.size() + 1L);
    }
    return new Service.Counts(values);
  }

  @Test
  void namesAndOrderInJsonNeverChange() {
    assertThat(counts().toJson().encode()).isEqualTo(GOLDEN);
  }

  @Test
  void theJsonIsReadBack() {
    assertThat(Service.Counts.parse(new JsonObject(GOLDEN))).isEqualTo(counts());
  }

  @Test
  void everyCounterHasItsAccessor() {
    Service.Counts counts = counts();
    assertThat(
            List.of(
                counts.admitted(),
                counts.refused(),
                counts.answered(),
                counts.expired(),
                counts.abandoned(),
                counts.lateAnswers(),
                counts.quarantined(),
                counts.incomplete(),
                counts.unread(),
                counts.secondRows()))
        .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
  }

  @Test
  void theCountsOfTwoNodesAreAdded() {
    Service.Counts sum = counts().plus(counts());
    assertThat(sum.admitted()).isEqualTo(2);
    assertThat(sum.secondRows()).isEqualTo(20);
    assertThat(counts().plus(Service.Counts.NONE)).isEqualTo(counts());
  }

  @Test
  void theDocumentationListsEveryCounter() throws IOException {
    String page = Files.readString(Path.of("../docs/operations.md"));
    String table = page.substring(page.indexOf("| count | meaning |"));
    List<String> listed =
        Pattern.compile("^\\| `(\\w+)` \\|", Pattern.MULTILINE)
            .matcher(table.substring(0, table.indexOf("\n\n")))
            .results()
            .map((MatchResult row) -> row.group(1))
            .toList();
    assertThat(listed)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(ServiceCounter.values()).map(ServiceCounter::key).toList());
  }
}
