package io.sparkwire.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TruncationTest {

  private static long[] tokens(int size) {
    return LongStream.range(0, size).toArray();
  }

  private static String kept(Truncation truncation, int... sizes) {
    List<long[]> texts = Arrays.stream(sizes).mapToObj(TruncationTest::tokens).toList();
    return String.join(" ", truncation.of(texts, 1).stream().map(Arrays::toString).toList());
  }

  private static String sizes(Truncation truncation, int first, int second) {
    List<long[]> texts = List.of(tokens(first), tokens(second));
    List<long[]> kept = truncation.of(texts, 3);
    return kept.get(0).length + " " + kept.get(1).length;
  }

  @Test
  void theBeginningIsKeptOrTheEnd() {
    assertThat(kept(new Truncation(4, "LongestFirst", false), 5)).isEqualTo("[0, 1, 2]");
    assertThat(kept(new Truncation(4, "LongestFirst", true), 5)).isEqualTo("[2, 3, 4]");
    assertThat(kept(new Truncation(6, "LongestFirst", true), 5)).isEqualTo("[0, 1, 2, 3, 4]");
    assertThat(kept(new Truncation(4, "LongestFirst", true), 3, 2)).isEqualTo("[1, 2] [1]");
  }

  @ParameterizedTest
  @CsvSource({
    "4, 6, 4 6",
    "4, 7, 4 6",
    "7, 4, 6 4",
    "9, 9, 5 5",
    "5, 900, 5 5",
    "900, 6, 5 5",
    "0, 99, 0 10"
  })
  void theLongerOfTwoTextsIsCutFirst(int first, int second, String kept) {
    assertThat(sizes(new Truncation(13, "LongestFirst", false), first, second)).isEqualTo(kept);
  }

  @ParameterizedTest
  @CsvSource({"9, 9, 5 6", "12, 9, 6 5"})
  void theLongerTextGetsTheOddToken(int first, int second, String kept) {
    assertThat(sizes(new Truncation(14, "LongestFirst", false), first, second)).isEqualTo(kept);
  }

  @Test
  void onlyTheGivenTextIsCut() {
    assertThat(sizes(new Truncation(13, "OnlyFirst", false), 8, 4)).isEqualTo("6 4");
    assertThat(sizes(new Truncation(13, "OnlySecond", false), 8, 4)).isEqualTo("8 2");
    assertThatThrownBy(() -> sizes(new Truncation(13, "OnlySecond", false), 11, 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the texts have 5 tokens too many, and the tokenizer's file lets only the second be cut, which has 4");
  }

  @Test
  void aFileThatSaysNothingCutsNothing() throws IOException {
    ObjectMapper json = new ObjectMapper();
    assertThat(Truncation.of(json.readTree("null")))
        .isEqualTo(new Truncation(Integer.MAX_VALUE, "LongestFirst", false));
    assertThat(
            Truncation.of(
                json.readTree(
                    "{\"max_length\":9,\"strategy\":\"OnlyFirst\",\"direction\":\"Left\"}")))
        .isEqualTo(new Truncation(9, "OnlyFirst", true));
  }
}
