package io.sparkwire.work;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ResultsTest {

  private static Results.Place<String>[] places(Results<String> results) {
    @SuppressWarnings({"unchecked", "rawtypes"})
    Results.Place<String>[] places = new Results.Place[3];
    for (int i = 0; i < places.length; i++) {
      places[i] = results.enter();
    }
    return places;
  }

  @Test
  void orderedResultsWaitForTheirTurn() {
    Results<String> results = new OrderedResults<>();
    Results.Place<String>[] places = places(results);
    assertThat(results.poll()).isNull();

    places[1].fill("second");
    assertThat(results.poll()).isNull();

    places[0].fill("first");
    assertThat(results.poll()).isEqualTo("first");
    assertThat(results.poll()).isEqualTo("second");
    assertThat(results.poll()).isNull();

    places[2].fill("third");
    assertThat(results.poll()).isEqualTo("third");
    assertThat(results.poll()).isNull();
  }

  @Test
  void readyResultsComeAsTheyGetReady() {
    Results<String> results = new ReadyResults<>();
    Results.Place<String>[] places = places(results);
    assertThat(results.poll()).isNull();

    places[2].fill("third");
    places[0].fill("first");
    assertThat(results.poll()).isEqualTo("third");
    assertThat(results.poll()).isEqualTo("first");
    assertThat(results.poll()).isNull();
  }
}
