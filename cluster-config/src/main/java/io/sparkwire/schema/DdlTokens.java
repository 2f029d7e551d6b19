package io.sparkwire.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tokens of a text of DDL, and the next one of them. Not thread-safe. */
final class DdlTokens {

  /** A name in backticks, a text in quotes, a word or number, or any other character. */
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(?:`((?:[^`]|``)*)`|('(?:[^'\\\\]|\\\\.)*'|\"(?:[^\"\\\\]|\\\\.)*\"|\\w+|\\S))",
          Pattern.DOTALL);

  private static final Token END = new Token("", false);

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  /**
   * @param isName whether it was in backticks
   */
  private record Token(String text, boolean isName) {}

  DdlTokens(String text) {
    this.text = text;
    Matcher found = TOKEN.matcher(text);
    while (found.lookingAt()) {
      String name = found.group(1);
      tokens.add(
          name == null
              ? new Token(found.group(2), false)
              : new Token(name.replace("``", "`"), true));
      found.region(found.end(), text.length());
    }
  }

  /** Whether a name goes before the first type. */
  boolean areColumns() {
    Token first = tokens.isEmpty() ? END : tokens.get(0);
    Token second = tokens.size() > 1 ? tokens.get(1) : END;
    return first.isName()
        || second.isName()
        || (second.text().matches("\\w+") && !second.text().equalsIgnoreCase("COLLATE"));
  }

  boolean hasNext() {
    return at < tokens.size();
  }

  /** Whether the next one is that word or character. */
  boolean isNext(String word) {
    Token next = hasNext() ? tokens.get(at) : END;
    return !next.isName() && next.text().equalsIgnoreCase(word);
  }

  /** Goes beyond that word or character if it is the next one, and says whether it was. */
  boolean skip(String word) {
    boolean isNext = isNext(word);
    at += isNext ? 1 : 0;
    return isNext;
  }

  void require(String word) {
    if (!skip(word)) {
      throw unexpected("'" + word + "'");
    }
  }

  void requireEnd() {
    if (hasNext()) {
      throw unexpected("no more");
    }
  }

  /** Goes beyond a word, a name or a number, and returns it. */
  String word() {
    Token next = hasNext() ? tokens.get(at) : END;
    if (!next.isName() && !next.text().matches("\\w+")) {
      throw unexpected("a name or type");
    }
    at++;
    return next.text();
  }

  int number() {
    String number = word();
    if (!number.matches("\\d{1,9}")) {
      at--;
      throw unexpected("a number");
    }
    return Integer.parseInt(number);
  }

  /** Goes beyond any token. */
  void skipOne() {
    at++;
  }

  private IllegalArgumentException unexpected(String expected) {
    String got = hasNext() ? "'" + tokens.get(at).text() + "'" : "the end";
    return new IllegalArgumentException(
        "DDL must have %s at word %d, got %s: %s".formatted(expected, at + 1, got, text));
  }
}
