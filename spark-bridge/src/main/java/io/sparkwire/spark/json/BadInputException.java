package io.sparkwire.spark.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.util.regex.Pattern;

/**
 * The answer to a body that cannot be read as the service's schema asks, in words for its sender.
 *
 * <p>An expected outcome, so it has no stack trace. {@link #getMessage()} is a whole sentence;
 * {@link #field()}, {@link #expected()} and {@link #found()} are its parts for programs.
 *
 * <p>Runs on: task thread. Immutable, hence thread-safe.
 */
public final class BadInputException extends RuntimeException {

  /** Advice on which setting of Jackson would let it pass, which is not the client's to change. */
  private static final Pattern JACKSON_SETTING =
      Pattern.compile("(, from|: enable) `[^`]*`( to allow)?");

  /** How Jackson reports where an object began; only the line and column are of use to a sender. */
  private static final Pattern SOURCE =
      Pattern.compile("\\[Source: [^;]*; line: (-?\\d+), column: (-?\\d+)]");

  /**
   * What a stranger may put into a value or name, but not into our logs and replies: control
   * characters and halves of surrogate pairs.
   */
  private static final Pattern UNSHOWABLE = Pattern.compile("[\\p{Cc}\\p{Cs}]");

  private final String field;
  private final String expected;
  private final String found;

  private BadInputException(String message, String field, String expected, String found) {
    super(showable(message), null, false, false);
    this.field = showable(field);
    this.expected = expected;
    this.found = showable(found);
  }

  /** A value of another type or out of its type's range. */
  static BadInputException wrongValue(String field, String expected, String found) {
    String message = "field '%s' must be %s, got %s".formatted(field, expected, found);
    return new BadInputException(message, field, expected, found);
  }

  /** No value where the schema demands one. */
  static BadInputException missing(String field, String expected) {
    return absent(field, "missing", expected, "nothing");
  }

  /** A null where the schema demands a value. */
  static BadInputException isNull(String field, String expected) {
    return absent(field, "null", expected, "null");
  }

  private static BadInputException absent(String field, String is, String expected, String found) {
    String message = "field '%s' is %s, but the schema declares it NOT NULL".formatted(field, is);
    return new BadInputException(message, field, expected + " NOT NULL", found);
  }

  /** A second value for the same name. */
  static BadInputException repeated(String field) {
    String message = "field '%s' must be given once, but was given again".formatted(field);
    return new BadInputException(message, field, "one value", "a second value");
  }

  /** A body of nothing but white space. */
  static BadInputException empty(String expected) {
    String message = "the body is empty, but %s is expected".formatted(expected);
    return new BadInputException(message, null, expected, "nothing");
  }

  /** A well-formed body of the wrong form. */
  static BadInputException wrongBody(String expected, String found) {
    String message = "the body must be %s, got %s".formatted(expected, found);
    return new BadInputException(message, null, expected, found);
  }

  /** A body that is no JSON at all. */
  static BadInputException malformed(String reason) {
    return new BadInputException("the body is not valid JSON: " + reason, null, null, null);
  }

  /** A body at which Jackson gave up. */
  static BadInputException malformed(IOException reason) {
    if (!(reason instanceof JsonProcessingException jackson)) {
      return malformed(reason.getMessage());
    }
    String located = SOURCE.matcher(jackson.getOriginalMessage()).replaceAll("line $1, column $2");
    String said = JACKSON_SETTING.matcher(located).replaceAll("");
    JsonLocation at = jackson.getLocation();
    if (at == null) {
      return malformed(said);
    }
    return malformed("%s at line %d, column %d".formatted(said, at.getLineNr(), at.getColumnNr()));
  }

  /** The same about one of several rows, which the path of the field then begins with. */
  public BadInputException in(String row) {
    return new BadInputException(
        row + ": " + getMessage(), field == null ? row : row + "." + field, expected, found);
  }

  /** The path of the field, like {@code items[3].price}, or null when the whole body is meant. */
  public String field() {
    return field;
  }

  /** What is allowed there, or null when the body is not JSON. */
  public String expected() {
    return expected;
  }

  /** The value that was got, shortened, or null when the body is not JSON. */
  public String found() {
    return found;
  }

  private static String showable(String text) {
    return text == null ? null : UNSHOWABLE.matcher(text).replaceAll("\uFFFD");
  }
}
