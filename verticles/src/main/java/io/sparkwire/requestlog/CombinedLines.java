package io.sparkwire.requestlog;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.http.HttpHeaders;
import java.util.HexFormat;

/**
 * Lines in the combined format of web servers, with further fields as {@code name=value} behind.
 * What is unknown is {@code -}. Quotes, backslashes, and all but visible ASCII are escaped as
 * Apache does, so that no client can write a line, or end a field.
 */
final class CombinedLines implements LineFormat {

  private static final String UNKNOWN = "-";
  private static final HexFormat HEX = HexFormat.of();
  private static final char FIRST_VISIBLE = ' ';
  private static final char LAST_VISIBLE = '~';

  private final String node;
  private final Bytes out;
  private final UtcTime time = new UtcTime("dd/MMM/uuuu:HH:mm:ss Z");
  private final StringBuilder line = new StringBuilder();

  CombinedLines(String node, Bytes out) {
    this.node = node;
    this.out = out;
  }

  @Override
  public void write(AccessEntry entry) {
    line.setLength(0);
    add(entry.remote());
    line.append(" - ");
    addWord(entry.principal());
    line.append(" [").append(time.text(entry.beganMillis())).append("] \"");
    add(entry.method());
    line.append(' ');
    add(entry.uri());
    line.append(' ').append(entry.protocol()).append("\" ");
    line.append(entry.status()).append(' ');
    line.append(entry.bytes() == 0 ? UNKNOWN : "" + entry.bytes());
    quoted(entry.field(HttpHeaders.REFERER));
    quoted(entry.field(HttpHeaders.USER_AGENT));
    addFurther(entry);
    byte[] bytes = line.append('\n').toString().getBytes(US_ASCII);
    out.add(bytes, 0, bytes.length);
  }

  private void addFurther(AccessEntry entry) {
    ComputedBy computed = entry.computed();
    field("id", entry.id());
    field("request-id", entry.requestId());
    field("node", node);
    field("service", entry.service());
    field("version", entry.version());
    field("worker", computed.worker());
    field("failure", entry.failure());
    number("attempts", computed.attempts());
    number("queue", computed.queueMicros());
    number("pipeline", computed.pipelineMicros());
    number("total", entry.totalMicros());
  }

  private void field(String name, Object value) {
    line.append(' ').append(name).append('=');
    addWord(value == null ? null : value.toString());
  }

  /**
   * @param value less than 0 if it is unknown
   */
  private void number(String name, long value) {
    line.append(' ').append(name).append('=');
    if (value < 0) {
      line.append(UNKNOWN);
    } else {
      line.append(value);
    }
  }

  private void quoted(String text) {
    line.append(" \"");
    add(text);
    line.append('"');
  }

  /** A text that stands between blanks, so that it may have none. */
  private void addWord(String text) {
    add(text, FIRST_VISIBLE + 1);
  }

  private void add(String text) {
    add(text, FIRST_VISIBLE);
  }

  /**
   * @param first the first character that stays as it is
   */
  private void add(String text, int first) {
    if (text == null || text.isEmpty()) {
      line.append(UNKNOWN);
      return;
    }
    for (byte b : text.getBytes(UTF_8)) {
      if (b == '"' || b == '\\') {
        line.append('\\').append((char) b);
      } else if (b >= first && b <= LAST_VISIBLE) {
        line.append((char) b);
      } else {
        line.append("\\x").append(HEX.toHexDigits(b));
      }
    }
  }
}
