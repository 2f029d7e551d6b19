package io.sparkwire.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A reading of RFC 9112 and RFC 9110 by themselves: what a service at {@code POST /s} answers to
 * bytes.
 *
 * <p>It shares nothing with the product. Where the rules leave a choice, the caller makes it. Not
 * thread-safe.
 */
final class FramingRules {

  /** What a server may take or refuse. */
  enum Choice {
    /** A field that goes on in the next line, read as one blank: RFC 9112, 5.2. */
    FOLDED_FIELD,
    /** Control characters at the ends of such a line, taken for blanks: RFC 9110, 5.5. */
    CONTROLS_AROUND_FOLDED_LINE,
    /** Blanks other than one SP in the request line: RFC 9112, 3. */
    LOOSE_REQUEST_LINE,
    /** A CR in the request line, read as a blank: RFC 9112, 2.2. */
    CR_IN_REQUEST_LINE,
    /** A line that ends with LF alone: RFC 9112, 2.2. */
    LONE_LF,
    /** CR and LF before a request line that are no empty line: RFC 9112, 2.2. */
    LOOSE_EMPTY_LINES,
    /** A chunk extension that is not of the grammar, or has blanks: RFC 9112, 7.1.1. */
    LOOSE_EXTENSION,
    /** The same Content-Length several times: RFC 9110, 8.6. */
    REPEATED_LENGTH,
    /** Characters that no URI has: RFC 9112, 3.2. */
    LOOSE_TARGET,
    /** Control characters other than CR, LF and NUL in a value: RFC 9110, 5.5. */
    CONTROLS_IN_VALUE,
    /** GET with a key of a draft of WebSocket, from before RFC 6455, which framed by itself. */
    OLD_WEB_SOCKET,
    /** A request line that is cut off, of which nothing need be said: RFC 9112, 8. */
    CUT_REQUEST_LINE,
    /** A trailer that is not of the grammar, or has a field that frames: RFC 9110, 6.5. */
    LOOSE_TRAILER
  }

  /** How an answer begins: a status, and the body of what was computed. */
  record Answer(int status, String body) {}

  /** These answers in this order; then, if it is refused, one of any refusal, and the end. */
  record Reading(List<Answer> answers, boolean refused) {}

  private static final class Refused extends Exception {
    private static final long serialVersionUID = 1;
  }

  private static final class Cut extends Exception {
    private static final long serialVersionUID = 1;
  }

  private static final Set<String> FRAMING = Set.of("host", "content-length", "transfer-encoding");

  private final String bytes;
  private final Set<Choice> taken;
  private final Set<Choice> met = EnumSet.noneOf(Choice.class);
  private int at;

  private FramingRules(String bytes, Set<Choice> taken) {
    this.bytes = bytes;
    this.taken = taken;
  }

  /** All readings that the rules allow of bytes after which the client ends its side. */
  static List<Reading> of(byte[] bytes) {
    String text = new String(bytes, ISO_8859_1);
    FramingRules loosest = new FramingRules(text, EnumSet.allOf(Choice.class));
    List<Reading> readings = new ArrayList<>(List.of(loosest.read()));
    List<Choice> met = List.copyOf(loosest.met);
    for (int mask = 0; mask < 1 << met.size(); mask++) {
      Set<Choice> taken = EnumSet.noneOf(Choice.class);
      for (int i = 0; i < met.size(); i++) {
        if ((mask >> i & 1) == 1) {
          taken.add(met.get(i));
        }
      }
      readings.add(new FramingRules(text, taken).read());
    }
    return readings.stream().distinct().toList();
  }

  private Reading read() {
    List<Answer> answers = new ArrayList<>();
    try {
      while (skipEmptyLines()) {
        if (!request(answers)) {
          break;
        }
      }
      return new Reading(answers, false);
    } catch (Refused e) {
      return new Reading(answers, true);
    } catch (Cut e) {
      met.add(Choice.CUT_REQUEST_LINE);
      return new Reading(answers, begun || !taken.contains(Choice.CUT_REQUEST_LINE));
    }
  }

  private boolean begun;

  private void may(Choice choice) throws Refused {
    met.add(choice);
    if (!taken.contains(choice)) {
      throw new Refused();
    }
  }

  private static void require(boolean holds) throws Refused {
    if (!holds) {
      throw new Refused();
    }
  }

  private boolean skipEmptyLines() throws Refused {
    begun = false;
    while (bytes.startsWith("\r\n", at)) {
      at += 2;
    }
    int from = at;
    while (at < bytes.length() && (bytes.charAt(at) == '\r' || bytes.charAt(at) == '\n')) {
      at++;
    }
    if (at > from && at < bytes.length()) {
      may(Choice.LOOSE_EMPTY_LINES);
    }
    return at < bytes.length();
  }

  /** The next line without its end. A CR in it stays. */
  private String line() throws Refused, Cut {
    int end = bytes.indexOf('\n', at);
    if (end < 0) {
      throw new Cut();
    }
    String line = bytes.substring(at, end);
    at = end + 1;
    if (!line.endsWith("\r")) {
      may(Choice.LONE_LF);
      return line;
    }
    return line.substring(0, line.length() - 1);
  }

  /** Reads one request; returns whether another one may follow. */
  private boolean request(List<Answer> answers) throws Refused, Cut {
    String[] start = startLine(line());
    begun = true;
    List<String[]> fields = fields(false);
    boolean http11 = start[2].equals("HTTP/1.1");
    host(fields, http11);
    List<String> codings = elements(fields, "transfer-encoding");
    List<String> lengths = elements(fields, "content-length");
    boolean hasCoding = has(fields, "transfer-encoding");
    boolean hasLength = has(fields, "content-length");
    if (start[0].equals("GET") && has(fields, "sec-websocket-key1") && !hasLength) {
      may(Choice.OLD_WEB_SOCKET);
    }
    boolean chunked = false;
    int length = 0;
    if (hasCoding) {
      require(!hasLength && http11 && codings.size() == 1);
      chunked = codings.get(0).equalsIgnoreCase("chunked");
      require(chunked);
    } else if (hasLength) {
      length = length(lengths, fields);
    }
    Answer early = answer(start, null);
    if (early.status() == 200) {
      String body = chunked ? chunks() : take(length);
      answers.add(new Answer(200, new String(body.getBytes(ISO_8859_1), UTF_8)));
    } else {
      answers.add(early);
      try {
        String skipped = chunked ? chunks() : take(length);
        assert skipped != null;
      } catch (Refused | Cut e) {
        return false; // it has its answer, so the connection just ends
      }
    }
    begun = false;
    List<String> options = elements(fields, "connection");
    boolean closes = options.stream().anyMatch("close"::equalsIgnoreCase);
    return http11 ? !closes : !closes && options.stream().anyMatch("keep-alive"::equalsIgnoreCase);
  }

  private String[] startLine(String line) throws Refused {
    String[] words = line.split(" ", -1);
    if (line.indexOf('\r') >= 0) {
      may(Choice.CR_IN_REQUEST_LINE);
    }
    if (words.length != 3 || line.matches("(?s).*[\t\u000b\f\r].*")) {
      may(Choice.LOOSE_REQUEST_LINE);
      words =
          line.replaceAll("^[ \t\u000b\f\r]+|[ \t\u000b\f\r]+$", "").split("[ \t\u000b\f\r]+", -1);
    }
    require(words.length == 3 && isToken(words[0]));
    require(words[2].equals("HTTP/1.1") || words[2].equals("HTTP/1.0"));
    target(words[0], words[1]);
    return words;
  }

  private void target(String method, String target) throws Refused {
    require(!target.matches("(?s).*[\\x00-\\x20\\x7f].*"));
    require(!method.equals("CONNECT"));
    if (target.equals("*")) {
      require(method.equals("OPTIONS"));
      return;
    }
    String path = target;
    if (!target.startsWith("/")) {
      require(target.matches("(?i)https?://[a-z0-9.-]+(:[0-9]*)?([/?].*)?"));
      path = target.replaceFirst("(?i)https?://[^/?]*", "");
    }
    int query = path.indexOf('?');
    String before = query < 0 ? path : path.substring(0, query);
    require(!before.matches(".*%(?![0-9a-fA-F]{2}).*"));
    if (!target.matches("[-A-Za-z0-9._~:/?@!$&'()*+,;=%]*")) {
      may(Choice.LOOSE_TARGET);
    }
  }

  private List<String[]> fields(boolean trailer) throws Refused, Cut {
    List<String[]> fields = new ArrayList<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      if (line.startsWith(" ") || line.startsWith("\t")) {
        require(!fields.isEmpty());
        may(trailer ? Choice.LOOSE_TRAILER : Choice.FOLDED_FIELD);
        String[] last = fields.get(fields.size() - 1);
        String rest = trailer ? line : withoutOuterControls(line, last[0]);
        last[1] = trimmed(last[1] + " " + trimmed(rest));
        value(rest, trailer);
      } else {
        int colon = line.indexOf(':');
        if (colon < 0 || !isToken(line.substring(0, colon))) {
          require(trailer);
          may(Choice.LOOSE_TRAILER);
        } else {
          String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
          value(line.substring(colon + 1), trailer);
          fields.add(new String[] {name, trimmed(line.substring(colon + 1))});
        }
      }
    }
    return fields;
  }

  private String withoutOuterControls(String line, String name) throws Refused {
    String inner = line.trim();
    if (!inner.equals(trimmed(line))) {
      require(!FRAMING.contains(name));
      may(Choice.CONTROLS_AROUND_FOLDED_LINE);
    }
    return inner;
  }

  private void value(String value, boolean trailer) throws Refused {
    if (value.matches("(?s).*[\\x00\r\n].*")) {
      require(trailer);
      may(Choice.LOOSE_TRAILER);
    } else if (value.matches("(?s).*[\\x01-\\x08\\x0b-\\x1f\\x7f].*")) {
      may(trailer ? Choice.LOOSE_TRAILER : Choice.CONTROLS_IN_VALUE);
    }
  }

  private static void host(List<String[]> fields, boolean http11) throws Refused {
    List<String[]> hosts = fields.stream().filter(f -> f[0].equals("host")).toList();
    require(hosts.size() == 1 || (hosts.isEmpty() && !http11));
    for (String[] host : hosts) {
      String name = "([-A-Za-z0-9._~!$&'()*+,;=]|%[0-9a-fA-F]{2})+|\\[[0-9a-fA-F:.]+\\]";
      require(host[1].matches("(" + name + ")(:[0-9]*)?"));
      require(!host[1].startsWith("[") || isAddress(host[1].replaceFirst("\\].*", "]")));
      String port = host[1].replaceFirst("^(\\[.*\\]|[^:]*):?", "");
      require(port.length() < 10 && (port.isEmpty() || Integer.parseInt(port) < 65_536));
    }
  }

  private static boolean isAddress(String literal) {
    try {
      return InetAddress.getByName(literal) != null; // without a look-up, as it is in brackets
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static boolean has(List<String[]> fields, String name) {
    return fields.stream().anyMatch(f -> f[0].equals(name));
  }

  private static List<String> elements(List<String[]> fields, String name) {
    List<String> elements = new ArrayList<>();
    for (String[] field : fields) {
      if (field[0].equals(name)) {
        for (String element : field[1].split(",", -1)) {
          if (!trimmed(element).isEmpty()) {
            elements.add(trimmed(element));
          }
        }
      }
    }
    return elements;
  }

  private int length(List<String> lengths, List<String[]> fields) throws Refused {
    require(!lengths.isEmpty());
    for (String length : lengths) {
      require(length.matches("[0-9]+") && length.length() < 19);
      require(Long.parseLong(length) == Long.parseLong(lengths.get(0)));
    }
    boolean plain =
        fields.stream()
            .filter(f -> f[0].equals("content-length"))
            .allMatch(f -> f[1].matches("[0-9]+"));
    if (lengths.size() > 1 || !plain) {
      may(Choice.REPEATED_LENGTH);
    }
    return (int) Math.min(Integer.MAX_VALUE, Long.parseLong(lengths.get(0)));
  }

  private String take(int length) throws Cut {
    if (length > bytes.length() - at) {
      throw new Cut();
    }
    at += length;
    return bytes.substring(at - length, at);
  }

  private String chunks() throws Refused, Cut {
    StringBuilder body = new StringBuilder();
    for (int size = chunkSize(); size > 0; size = chunkSize()) {
      body.append(take(size));
      String end = bytes.substring(at, Math.min(bytes.length(), at + 2));
      require("\r\n".startsWith(end));
      if (end.length() < 2) {
        throw new Cut();
      }
      at += 2;
    }
    for (String[] field : fields(true)) {
      if (FRAMING.contains(field[0])) {
        may(Choice.LOOSE_TRAILER);
      }
    }
    return body.toString();
  }

  private int chunkSize() throws Refused, Cut {
    String line = line();
    String size = line.replaceFirst("(?s)[ \t]*;.*", "");
    require(size.matches("[0-9a-fA-F]+"));
    String digits = size.replaceFirst("^0+(?=.)", "");
    require(digits.length() < 8);
    String extensions = line.substring(size.length());
    require(!extensions.matches("(?s).*[\\x00\r].*"));
    String token = "[-!#$%&'*+.^_`|~0-9A-Za-z]+";
    String quoted = "\"([\t !\\x23-\\x5b\\x5d-\\x7e\\x80-\\xff]|\\\\[\t -~\\x80-\\xff])*\"";
    if (!extensions.matches("(;" + token + "(=(" + token + "|" + quoted + "))?)*")) {
      may(Choice.LOOSE_EXTENSION);
    }
    return Integer.parseInt(digits, 16);
  }

  private static Answer answer(String[] start, String body) {
    String path = start[1].replaceFirst("(?i)^https?://[^/?]*", "").replaceFirst("\\?.*", "");
    path = path.replaceAll("/+", "/"); // as routes are found
    if (!path.equals("/s") && !path.equals("/s/")) {
      return new Answer(404, null);
    }
    return start[0].equals("POST") ? new Answer(200, body) : new Answer(405, null);
  }

  private static boolean isToken(String text) {
    return text.matches("[-!#$%&'*+.^_`|~0-9A-Za-z]+");
  }

  private static String trimmed(String text) {
    return text.replaceAll("^[ \t]+|[ \t]+$", "");
  }
}
