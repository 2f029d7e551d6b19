package io.sparkwire.load.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class RatiosTest {
  @Test
  void theMedianIsThatOfTheRatiosAndNotTheRatioOfTheMedians() {
    Ratios ratios = Ratios.perRound(List.of(10.0, 40.0, 30.0), List.of(20.0, 40.0, 10.0));

    assertThat(ratios).isEqualTo(new Ratios(1.0, 0.5, 3.0));
  }

  @Test
  void anEvenNumberOfRoundsHasTheMeanOfTheMiddleTwo() {
    assertThat(Ratios.median(List.of(8.0, 1.0, 2.0, 4.0))).isEqualTo(3.0);
  }

  @Test
  void oneRoundIsItsOwnMedianAndSpread() {
    assertThat(Ratios.perRound(List.of(3.0), List.of(4.0))).hasToString("0.75 (0.75-0.75)");
  }

  @Test
  void roundsThatDoNotMatchAreRefused() {
    assertThatThrownBy(() -> Ratios.perRound(List.of(1.0, 2.0), List.of(1.0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 and 1");
  }

  @Test
  void aRoundInWhichOneHasNoFigureIsLeftOut() {
    assertThat(Ratios.perRound(List.of(1.0, 3.0, 5.0), List.of(0.0, 1.0, 5.0)))
        .isEqualTo(new Ratios(2.0, 1.0, 3.0));
    assertThat(Ratios.perRound(List.of(1.0), List.of(0.0))).hasToString("-");
  }

  @Test
  void manyTimesAsMuchNeedsNoDecimalsAndLittleNeedsMore() {
    assertThat(Ratios.perRound(List.of(300.4), List.of(1.0))).hasToString("300 (300-300)");
    assertThat(Ratios.perRound(List.of(1.0), List.of(250.0))).hasToString("0.0040 (0.0040-0.0040)");
  }

  @Test
  void noRoundsAreRefused() {
    assertThatThrownBy(() -> Ratios.perRound(List.of(), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
