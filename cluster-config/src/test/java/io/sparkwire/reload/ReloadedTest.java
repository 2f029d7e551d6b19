package io.sparkwire.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReloadedTest {

  private final List<String> told = new ArrayList<>();
  private String content = "1";

  private String read() {
    if (content == null) {
      throw new IllegalStateException("no file");
    }
    return content;
  }

  private static Integer make(String content) {
    try {
      return Integer.valueOf(content);
    } catch (NumberFormatException e) {
      throw new IllegalStateException("no number", e);
    }
  }

  private Reloaded<String, Integer> start() {
    return new Reloaded<>(
        this::read,
        ReloadedTest::make,
        new Reloaded.Listener<>() {
          @Override
          public void reloaded(Integer value) {
            told.add("now " + value);
          }

          @Override
          public void kept(String why) {
            told.add(why);
          }
        });
  }

  @Test
  void aContentIsUsedOnceItIsTheSameTwice() {
    Reloaded<String, Integer> value = start();
    content = "2";
    value.poll();
    assertThat(value.current()).isEqualTo(1);
    content = "3";
    value.poll();
    assertThat(value.current()).isEqualTo(1);
    value.poll();
    value.poll();
    assertThat(value.current()).isEqualTo(3);
    assertThat(told).containsExactly("now 3");
  }

  @Test
  void aContentOfNoUseIsToldOnceAndTheValueStays() {
    Reloaded<String, Integer> value = start();
    for (String useless : new String[] {"x", null}) {
      content = useless;
      value.poll();
      value.poll();
      value.poll();
    }
    assertThat(value.current()).isEqualTo(1);
    assertThat(told).containsExactly("no number", "no file");
    content = "1";
    value.poll();
    value.poll();
    assertThat(value.current()).isEqualTo(1);
    assertThat(told).hasSize(3);
  }

  @Test
  void theFirstContentMustBeOfUse() {
    content = "x";
    assertThatThrownBy(this::start).hasMessage("no number");
    content = null;
    assertThatThrownBy(this::start).hasMessage("no file");
  }
}
