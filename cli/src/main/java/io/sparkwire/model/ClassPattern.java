package io.sparkwire.model;

import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A pattern for the names of classes, such as {@code com.acme.**}: {@code *} is any text within a
 * segment, and {@code **} one or more segments. Immutable.
 *
 * @param text as users write it
 */
record ClassPattern(String text) {

  private static final Pattern SEGMENT =
      Pattern.compile("(?!.*\\*\\*)[\\p{javaJavaIdentifierPart}*]+");
  private static final String MANY = "**";

  /** Whether a text is a pattern. */
  static boolean isValid(String text) {
    return Stream.of(text.split("\\.", -1))
        .allMatch(segment -> segment.equals(MANY) || SEGMENT.matcher(segment).matches());
  }

  boolean matches(String className) {
    String regex =
        Stream.of(text.split("\\.")).map(ClassPattern::regex).collect(Collectors.joining("\\."));
    return className.matches(regex);
  }

  private static String regex(String segment) {
    if (segment.equals(MANY)) {
      return "[^.]+(\\.[^.]+)*";
    }
    return segment.equals("*")
        ? "[^.]+"
        : Stream.of(segment.split("\\*", -1))
            .map(Pattern::quote)
            .collect(Collectors.joining("[^.]*"));
  }
}
