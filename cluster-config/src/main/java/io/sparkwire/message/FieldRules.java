package io.sparkwire.message;

import java.util.Set;

/** What header fields may be, by RFC 9110, 5 and RFC 9113, 8.2. Stateless. */
public final class FieldRules {

  private static final int DELETE = 0x7f;
  private static final int LAST_OCTET = 0xff;
  private static final String MARKS = "!#$%&'*+-.^_`|~";
  private static final Set<String> OF_CONNECTION =
      Set.of("connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade");

  private FieldRules() {}

  /** Whether it is a token: the name of a field, a method, a coding. */
  public static boolean isToken(CharSequence text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isTokenCharacter(text.charAt(i))) {
        return false;
      }
    }
    return text.length() > 0;
  }

  private static boolean isTokenCharacter(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || MARKS.indexOf(c) >= 0;
  }

  /** Whether it has only what a field's value may have: printable octets, blanks and tabs. */
  public static boolean isValue(CharSequence text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < ' ' && c != '\t') || c == DELETE || c > LAST_OCTET) {
        return false;
      }
    }
    return true;
  }

  /** Whether a blank or a tab begins or ends it. */
  public static boolean hasOuterBlanks(CharSequence text) {
    return text.length() > 0
        && (isBlank(text.charAt(0)) || isBlank(text.charAt(text.length() - 1)));
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  /**
   * Whether a field speaks of the connection and not of the message.
   *
   * @param name in lower case
   */
  public static boolean isOfConnection(String name) {
    return OF_CONNECTION.contains(name);
  }
}
