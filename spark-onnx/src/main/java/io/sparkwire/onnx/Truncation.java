package io.sparkwire.onnx;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * How the tokens of texts are cut to a length, as Hugging Face's tokenizers do.
 *
 * <p>It is done here because the native code also makes all pieces that it cuts off, and of two
 * long texts all combinations of those: more than there is memory for. Immutable. Thread-safe.
 *
 * @param maxLength of all tokens, special ones included
 * @param strategy which text is cut: {@code LongestFirst}, {@code OnlyFirst} or {@code OnlySecond}
 * @param isFromLeft whether the end of a text is kept instead of its beginning
 */
record Truncation(int maxLength, String strategy, boolean isFromLeft) implements Serializable {

  /** That of a tokenizer.json; none if it says nothing. */
  static Truncation of(JsonNode file) {
    long length = file.path("max_length").asLong(Integer.MAX_VALUE);
    return new Truncation(
        (int) Math.min(length, Integer.MAX_VALUE),
        file.path("strategy").asText("LongestFirst"),
        file.path("direction").asText().equals("Left"));
  }

  Truncation withMaxLength(int length) {
    return new Truncation(length, strategy, isFromLeft);
  }

  /**
   * What is kept of the tokens of one or two texts.
   *
   * @param special how many special tokens there will be
   * @throws IllegalArgumentException if the text that may be cut is too short for it
   */
  List<long[]> of(List<long[]> texts, int special) {
    int room = maxLength - special;
    int first = texts.get(0).length;
    int second = texts.size() == 1 ? 0 : texts.get(1).length;
    long excess = (long) first + second - room;
    if (excess <= 0) {
      return texts;
    }
    if (strategy.equals("OnlyFirst")) {
      return kept(texts, rest(first, excess, "first"), second);
    } else if (strategy.equals("OnlySecond")) {
      return kept(texts, first, rest(second, excess, "second"));
    }
    return texts.size() == 1 ? kept(texts, room, 0) : longestFirst(texts, room);
  }

  private List<long[]> longestFirst(List<long[]> texts, int room) {
    int first = texts.get(0).length;
    int second = texts.get(1).length;
    int shorter = Math.min(first, second);
    int longer = Math.max(shorter, room - shorter);
    if (shorter + (long) longer > room) {
      shorter = room / 2;
      longer = room - shorter;
    }
    return first > second ? kept(texts, longer, shorter) : kept(texts, shorter, longer);
  }

  private int rest(int length, long excess, String which) {
    if (length <= excess) {
      throw new IllegalArgumentException(
          "the texts have %d tokens too many, and the tokenizer's file lets only the %s be cut, which has %d"
              .formatted(excess, which, length));
    }
    return (int) (length - excess);
  }

  private List<long[]> kept(List<long[]> texts, int first, int second) {
    return texts.size() == 1
        ? List.of(kept(texts.get(0), first))
        : List.of(kept(texts.get(0), first), kept(texts.get(1), second));
  }

  private long[] kept(long[] tokens, int size) {
    int begin = isFromLeft ? tokens.length - size : 0;
    return Arrays.copyOfRange(tokens, begin, begin + size);
  }
}
