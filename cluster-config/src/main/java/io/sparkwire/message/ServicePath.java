package io.sparkwire.message;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sparkwire.options.ConfigOption;
import io.sparkwire.options.OptionType;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The path of a service in the one form that all spellings of it share.
 *
 * <p>That is the form in which clients send it (RFC 3986): without a slash at its end, and with
 * everything that a path cannot contain as {@code %XX} of its UTF-8 bytes. A segment {@code :name}
 * is a parameter, which matches one segment of any content. Immutable.
 *
 * @param text starts with a slash; made normal by the constructor
 */
public record ServicePath(String text) {

  public static final ConfigOption<String> PATH =
      ConfigOption.computed(
          "path",
          OptionType.texts("PATH", path -> path.startsWith("/"), "a path that starts with '/'"),
          "/<service>",
          "Path of the service; may hold parameters as /:id");

  /**
   * Orders paths that may match one request: the last segment in which two of them differ in kind
   * decides, and the one without a parameter there goes first. So paths without parameters go first
   * of all.
   */
  public static final Comparator<ServicePath> BY_PRECEDENCE =
      Comparator.comparing(ServicePath::kindsFromTheEnd);

  private static final String PARAMETER = ":[A-Za-z0-9_]+";
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._~/-]+");
  private static final Pattern ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");
  private static final Pattern LITERAL = Pattern.compile("[A-Za-z0-9._~!$&'()+,;=:@-]");
  private static final int FIRST_PRINTABLE = 0x20;
  private static final int DELETE = 0x7F;

  /**
   * @throws IllegalArgumentException if no request could have this path, or it could mean something
   *     other than its author thinks; the message names the option {@code path}
   */
  public ServicePath {
    text = normal(text);
  }

  private static String normal(String path) {
    require(PATH.type().allows(path), "be " + PATH.type().allowed(), path);
    require(path.indexOf('?') < 0 && path.indexOf('#') < 0, "have %3F for '?', %23 for '#'", path);
    require(path.indexOf('*') < 0, "have no '*': :name matches a segment, %2A for '*'", path);
    require(!ESCAPE.matcher(path).find(), "have %XX for a byte, and %25 for '%'", path);
    if (path.equals("/")) {
      return path;
    }
    String bare = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    Set<String> parameters = new HashSet<>();
    StringBuilder normal = new StringBuilder();
    for (String segment : bare.substring(1).split("/", -1)) {
      require(!segment.isEmpty(), "have no empty segment", path);
      boolean isParameter = segment.startsWith(":");
      require(
          !isParameter || segment.matches(PARAMETER),
          "have parameters as in /:id, of letters, digits and '_'",
          path);
      require(!isParameter || parameters.add(segment), "name each parameter once", path);
      normal.append('/').append(isParameter ? segment : literal(segment, path));
    }
    return normal.toString();
  }

  private static String literal(String segment, String path) {
    byte[] bytes = decoded(segment, path);
    StringBuilder literal = new StringBuilder();
    for (byte b : bytes) {
      int unsigned = Byte.toUnsignedInt(b);
      require(
          unsigned >= FIRST_PRINTABLE && unsigned != DELETE, "have no control characters", path);
      boolean isFirstColon = literal.isEmpty() && b == ':'; // which would make it a parameter
      literal.append(isLiteral(unsigned) && !isFirstColon ? "" + (char) b : escape(unsigned));
    }
    String normal = literal.toString();
    require(
        !normal.equals(".") && !normal.equals(".."),
        "have no segment '.' or '..', which clients resolve",
        path);
    return normal;
  }

  /** The bytes that a segment means; UTF-8, or it is refused. */
  private static byte[] decoded(String segment, String path) {
    try {
      byte[] raw = new byte[segment.length() * 3];
      ByteBuffer encoded = UTF_8.newEncoder().encode(CharBuffer.wrap(segment));
      int length = 0;
      while (encoded.hasRemaining()) {
        byte b = encoded.get();
        raw[length++] = b == '%' ? (byte) (digit(encoded.get()) << 4 | digit(encoded.get())) : b;
      }
      byte[] bytes = Arrays.copyOf(raw, length);
      UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return bytes;
    } catch (CharacterCodingException e) {
      throw refused("be UTF-8", path);
    }
  }

  private static int digit(byte hexadecimal) {
    return Character.digit(hexadecimal, 16);
  }

  private static boolean isLiteral(int b) {
    return LITERAL.matcher("" + (char) b).matches();
  }

  private static String escape(int b) {
    return "%%%02X".formatted(b);
  }

  /** Whether there is but one spelling of it, so that texts can be compared. */
  public boolean isPlain() {
    return PLAIN.matcher(text).matches();
  }

  /** Whether some of its segments are parameters. */
  public boolean hasParameters() {
    return text.contains("/:");
  }

  /** The names of its parameters, in their order. */
  public List<String> parameters() {
    return segments().filter(s -> s.startsWith(":")).map(s -> s.substring(1)).toList();
  }

  /** The same path without its parameters' names: two services cannot share it. */
  public String shape() {
    return text.replaceAll("/" + PARAMETER, "/:");
  }

  /** One letter for each segment, of which that of a fixed one sorts before that of a parameter. */
  private String kindsFromTheEnd() {
    String kinds = segments().map(s -> s.startsWith(":") ? "p" : "f").collect(Collectors.joining());
    return new StringBuilder(kinds).reverse().toString();
  }

  /** An example of a request's path, with the names of parameters as their values. */
  public String example() {
    return text.replace("/:", "/");
  }

  /**
   * The pattern of the paths of its requests, with a group {@code p0}, {@code p1} for each
   * parameter.
   *
   * <p>A client may escape more or less than others do and write hexadecimal digits in either case;
   * what RFC 3986 calls unreserved is expected as it is. Bytes that should have been escaped and
   * were not arrive as the characters of ISO 8859-1.
   */
  public Pattern pattern() {
    if (text.equals("/")) {
      return Pattern.compile("/");
    }
    int[] index = {0};
    return Pattern.compile(
        segments()
            .map(s -> s.startsWith(":") ? "(?<p" + index[0]++ + ">[^/]+)" : spellings(s))
            .collect(Collectors.joining("/", "/", "/?")));
  }

  private Stream<String> segments() {
    return Arrays.stream(text.substring(1).split("/"));
  }

  private static String spellings(String segment) {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < segment.length(); i++) {
      char c = segment.charAt(i);
      if (c == '%') {
        all.append(spellings((char) Integer.parseInt(segment.substring(i + 1, i + 3), 16)));
        i += 2;
      } else {
        all.append(PLAIN.matcher("" + c).matches() ? Pattern.quote("" + c) : spellings(c));
      }
    }
    return all.toString();
  }

  private static String spellings(char b) {
    String escaped = "(?i:" + escape(b) + ")";
    boolean isDelimiter = "/%?#".indexOf(b) >= 0;
    return isDelimiter ? escaped : "(?:" + Pattern.quote("" + b) + "|" + escaped + ")";
  }

  private static void require(boolean holds, String duty, String got) {
    if (!holds) {
      throw refused(duty, got);
    }
  }

  private static IllegalArgumentException refused(String duty, String got) {
    String shown = got.replaceAll("\\p{Cntrl}", "\uFFFD");
    return new IllegalArgumentException("option 'path' must " + duty + ", got '" + shown + "'");
  }
}
