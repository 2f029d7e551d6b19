package io.sparkwire.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PenguinsTest {

  private final Penguins all = Penguins.all();

  @Test
  void thereAreAllOfThemAndSomeAreIncomplete() {
    assertThat(all.rows()).hasSize(344);
    assertThat(all.rows())
        .filteredOn(row -> (row + " ").contains(",,") || row.endsWith(","))
        .hasSize(11);
  }

  @Test
  void theyAreSplitTheSameWayEachTime() {
    assertThat(all.training()).isEqualTo(Penguins.all().training());
    assertThat(all.training().rows()).hasSize(275);
    assertThat(all.heldOut().rows()).hasSize(69);
    assertThat(all.training().rows()).doesNotContainAnyElementsOf(all.heldOut().rows());
  }
}
