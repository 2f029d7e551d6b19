package io.sparkwire.onnx;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where the tokens of one or two texts stand among special tokens, and which types they have.
 *
 * <p>It is learned from how the native tokenizer puts an example together. Immutable. Thread-safe.
 */
final class TokenTemplate implements Serializable {

  private static final long serialVersionUID = 1;
  private static final int SPECIAL = -1;

  private final ArrayList<Piece> pieces = new ArrayList<>();

  /**
   * A special token, or all of a text.
   *
   * @param text 0 or 1; -1 for a special token
   * @param id of a special token
   */
  private record Piece(int text, long id, long type) implements Serializable {}

  /** What is made of texts; arrays of one length. */
  @SuppressWarnings("ArrayRecordComponent")
  record Tokens(long[] ids, long[] mask, long[] types) {}

  /**
   * The template that an example follows, in which each text has a token at least.
   *
   * @param isSpecial 1 for each special token, 0 for others
   * @param texts 0 or 1 for each token of a text
   */
  TokenTemplate(long[] ids, long[] types, long[] isSpecial, long[] texts) {
    int last = SPECIAL;
    for (int i = 0; i < ids.length; i++) {
      int text = isSpecial[i] == 1 ? SPECIAL : (int) texts[i];
      if (text == SPECIAL || text != last) {
        pieces.add(new Piece(text, ids[i], types[i]));
      }
      last = text;
    }
  }

  /** Whether there is a place for a text. */
  boolean hasText(int text) {
    return pieces.stream().anyMatch(piece -> piece.text() == text);
  }

  int specialTokens() {
    return (int) pieces.stream().filter(piece -> piece.text() == SPECIAL).count();
  }

  /**
   * Puts texts together.
   *
   * @param texts the tokens of each
   */
  Tokens of(List<long[]> texts) {
    int size = specialTokens() + texts.stream().mapToInt(text -> text.length).sum();
    long[] ids = new long[size];
    long[] types = new long[size];
    int at = 0;
    for (Piece piece : pieces) {
      long[] tokens = piece.text() == SPECIAL ? new long[] {piece.id()} : texts.get(piece.text());
      System.arraycopy(tokens, 0, ids, at, tokens.length);
      Arrays.fill(types, at, at + tokens.length, piece.type());
      at += tokens.length;
    }
    long[] mask = new long[size];
    Arrays.fill(mask, 1);
    return new Tokens(ids, mask, types);
  }
}
