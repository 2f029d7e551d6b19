package io.sparkwire.protocol;

import java.util.List;

/**
 * What a client gets back.
 *
 * <p>Not changed by anybody once made, so any thread may read it.
 *
 * @param status the HTTP status, 200 to 599
 * @param contentType of the body, or null if there is none
 * @param headers further header fields; may name {@code Content-Type}, which then wins
 * @param body the entity; empty for none
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares them, and a copy would cost
public record ServiceReply(int status, String contentType, List<Header> headers, byte[] body) {

  public static final int NO_CONTENT = 204;

  private static final int OK = 200;
  private static final int LAST_STATUS = 599;
  private static final byte[] EMPTY = {};

  public ServiceReply {
    if (status < OK || status > LAST_STATUS) {
      throw new IllegalArgumentException("a reply's status is 200 to 599, but " + status + " came");
    }
  }

  /** The empty reply: 204. */
  public static ServiceReply noContent(List<Header> headers) {
    return new ServiceReply(NO_CONTENT, null, headers, EMPTY);
  }

  /** A reply with status 200 and this body. */
  public static ServiceReply ok(String contentType, byte[] body) {
    return new ServiceReply(OK, contentType, List.of(), body);
  }
}
