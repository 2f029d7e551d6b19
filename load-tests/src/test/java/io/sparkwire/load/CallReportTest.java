package io.sparkwire.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CallReportTest {
  private static final List<String> RUNS =
      List.of(
          "what Spark says",
          "run ordered 64 64000 0 12.000 20.000",
          "run bare 64 64000 0 6.000 2.000",
          "run ordered 64 64000 1 6.000 3.200",
          "run bare 64 64000 1 5.000 1.000",
          "run bare 64 64000 2 4.000 1.000",
          "run ordered 64 64000 2 5.500 3.200");

  private static CallReport report(String... measurements) {
    return new CallReport(
        Stream.concat(RUNS.stream(), List.of(measurements).stream()).toList(), 5, 1);
  }

  @Test
  void theTableComparesEachRoundButTheFirst() {
    String text = report("heap ordered 64 6400 50000", "heap ordered 64 57600 51000").text();
    assertThat(text.lines().toList()).hasSize(4);
    assertThat(text.lines().toList().get(2))
        .contains("ordered", "64,000", "5.75", "1.15 (1.10-1.20)", "1.29 (1.20-1.38)")
        .contains(" 50 ", "12.00", "50,000 → 51,000");
  }

  @Test
  void aHeapThatGrowsIsNotFlat() {
    assertThat(report("heap ordered 64 6400 50000", "heap ordered 64 57600 51000").isFlat())
        .isTrue();
    assertThat(report("heap ordered 64 6400 50000", "heap ordered 64 57600 70000").isFlat())
        .isFalse();
  }
}
