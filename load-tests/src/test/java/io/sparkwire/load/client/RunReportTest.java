package io.sparkwire.load.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkwire.load.ClientCommand;
import org.junit.jupiter.api.Test;

class RunReportTest {
  private static final RunReport REPORT =
      new RunReport(1000, 2.5, 1, 2, 3, new Latencies(10.5, 20.0, 30.0, 40.0, 50.0), "");

  @Test
  void itsLineReadsBackAsTheSameReport() {
    assertThat(RunReport.parse(ClientCommand.REPORT + REPORT.line())).isEqualTo(REPORT);
  }

  @Test
  void aFaultIsReadBackOnOneLineWhateverItSays() {
    RunReport report =
        new RunReport(0, 1, 1, 0, 0, REPORT.latencies(), "status 503: right=7\n  try later");

    assertThat(report.firstFault()).isEqualTo("status 503: right=7 try later");
    assertThat(RunReport.parse(report.line())).isEqualTo(report);
  }

  @Test
  void itsLineNamesEveryFigure() {
    assertThat(REPORT.line())
        .isEqualTo(
            "right=1000 seconds=2.500 requests/s=400 wrong=1 lost=2 not-200=3"
                + " p50=10.5 p90=20.0 p99=30.0 p99.9=40.0 max=50.0");
  }

  @Test
  void aLineWithoutAFigureIsRefused() {
    assertThatThrownBy(() -> RunReport.parse("right=1 seconds=1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("No wrong in this report");
  }
}
