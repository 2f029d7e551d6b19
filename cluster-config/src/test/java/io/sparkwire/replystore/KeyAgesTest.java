package io.sparkwire.replystore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class KeyAgesTest {

  private final KeyAges ages = new KeyAges();

  private List<String> sorted(String... keys) {
    return ages.oldestFirst(List.of(keys), key -> key);
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
  void aKeyOfWhichNothingWasHeardYetIsTheNewest() {
    ages.changed("a");

    assertThat(sorted("new", "a")).containsExactly("a", "new");
    ages.changed("new");
    assertThat(sorted("new", "a")).containsExactly("a", "new");
  }

  @Test
  void aKeyOfWhichNothingIsHeardForLongIsTheOldest() {
    ages.changed("a");
    sorted("another member's", "a");

    assertThat(sorted("another member's", "a")).containsExactly("another member's", "a");
  }

  @Test
  void aKeyThatWasRemovedStartsAgain() {
    ages.changed("a");
    ages.changed("b");
    ages.removed("a");

    assertThat(sorted("a", "b")).containsExactly("b", "a");
  }
}
