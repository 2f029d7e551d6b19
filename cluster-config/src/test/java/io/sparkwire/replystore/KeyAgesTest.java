package io.sparkwire.replystore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeyAgesTest {

  private final KeyAges ages = new KeyAges();

  /** Keys that were all changed in the same second. */
  private List<String> sorted(String... keys) {
    return ages.oldestFirst(List.of(keys), key -> key, key -> 1_000);
  }

  @Test
  void keysAreSortedByTheirLatestChange() {
    ages.changed("a");
    ages.changed("b");
    ages.changed("c");
    ages.changed("a");

    assertThat(sorted("a", "b", "c")).containsExactly("b", "c", "a");
  }

  @Test
  void aKeyOfWhichNothingWasHeardYetIsTheNewestOfItsSecond() {
    ages.changed("a");

    assertThat(sorted("new", "a")).containsExactly("a", "new");
    assertThat(sorted("new", "a")).as("however often they are sorted").containsExactly("a", "new");
    ages.changed("new");
    assertThat(sorted("new", "a")).containsExactly("a", "new");
  }

  @Test
  void keysOfAMemberThatWasLostHaveTheirPlaceByTime() {
    ages.changed("old");
    ages.changed("new");
    Map<String, Long> times = Map.of("old", 1_000L, "another member's", 2_000L, "new", 3_000L);

    assertThat(ages.oldestFirst(times.entrySet(), Map.Entry::getKey, Map.Entry::getValue))
        .extracting(Map.Entry::getKey)
        .containsExactly("old", "another member's", "new");
  }

  @Test
  void aKeyThatWasRemovedStartsAgain() {
    ages.changed("a");
    ages.changed("b");
    ages.removed("a");

    assertThat(sorted("a", "b")).containsExactly("b", "a");
  }
}
