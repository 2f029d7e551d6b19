package io.sparkwire.message;

import java.util.ArrayList;
import java.util.List;

/**
 * The reply that a client gets.
 *
 * <p>Never changed once made, so any thread may read it.
 *
 * @param status the HTTP status, 200 to 599
 * @param contentType of the body, or null if there is none
 * @param headers further header fields; may name {@code Content-Type}, which then wins
 * @param body the entity; empty for none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and a copy would cost
public record ServiceReply(int status, String contentType, List<Header> headers, byte[] body) {

  public static final int NO_CONTENT = 204;

  /** The header field with the version of the pipeline that replied, where it has a name. */
  public static final String VERSION = "Sparkwire-Version";

  private static final int OK = 200;
  private static final int RESET_CONTENT = 205;
  private static final int NOT_MODIFIED = 304;
  private static final int LAST_STATUS = 599;

  public ServiceReply {
    if (!isStatus(status)) {
      throw new IllegalArgumentException("a reply's status is 200 to 599, got " + status);
    }
  }

  /** Whether a reply may have that status: 200 to 599. */
  public static boolean isStatus(int status) {
    return status >= OK && status <= LAST_STATUS;
  }

  /** Whether a response with that status may have a body: RFC 9110, 6.4.1. */
  public boolean hasBody() {
    return status != NO_CONTENT && status != RESET_CONTENT && status != NOT_MODIFIED;
  }

  /** The version of the pipeline that replied; null if the reply does not name one. */
  public String version() {
    for (Header header : headers) {
      if (header.name().equalsIgnoreCase(VERSION)) {
        return header.value();
      }
    }
    return null;
  }

  /** The same reply with one more header field. */
  public ServiceReply with(Header field) {
    return with(List.of(field));
  }

  /** The same reply with these header fields after its own. */
  public ServiceReply with(List<Header> further) {
    List<Header> fields = new ArrayList<>(headers);
    fields.addAll(further);
    return new ServiceReply(status, contentType, List.copyOf(fields), body);
  }

  /** The same reply with another body. */
  public ServiceReply withBody(byte[] other) {
    return new ServiceReply(status, contentType, headers, other);
  }

  /** A reply with status 200 and this body. */
  public static ServiceReply ok(String contentType, byte[] body) {
    return new ServiceReply(OK, contentType, List.of(), body);
  }
}
