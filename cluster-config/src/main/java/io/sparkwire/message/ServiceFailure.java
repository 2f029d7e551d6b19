package io.sparkwire.message;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * One failure, which the client gets as problem+json (RFC 9457). This is the one place where a
 * failure becomes a reply.
 *
 * <p>Immutable.
 *
 * @param code what kind of failure
 * @param detail a sentence that says what was got, what is allowed, and what to do
 * @param members further members of the problem object, in the order of the map
 */
public record ServiceFailure(FailureCode code, String detail, Map<String, Object> members) {

  /** Seconds after which a client may try again what was refused for lack of room. */
  public static final int RETRY_AFTER_SECONDS = 1;

  private static final String CONTENT_TYPE = "application/problem+json";
  private static final List<Header> RETRY =
      List.of(new Header("Retry-After", Integer.toString(RETRY_AFTER_SECONDS)));

  public static ServiceFailure of(FailureCode code, String detail) {
    return new ServiceFailure(code, detail, Map.of());
  }

  /** The problem document with its status; 503 and 409 also say when to try again. */
  public ServiceReply toReply() {
    return toReply(code.status());
  }

  /** The same with another status, which the service prefers. */
  public ServiceReply toReply(int status) {
    JsonObject problem =
        new JsonObject()
            .put("type", code.type())
            .put("title", code.title())
            .put("status", status)
            .put("detail", detail);
    members.forEach(problem::put);
    return new ServiceReply(
        status,
        CONTENT_TYPE,
        saysWhen() ? RETRY : List.of(),
        problem.encode().getBytes(StandardCharsets.UTF_8));
  }

  private boolean saysWhen() {
    return code.status() == FailureCode.OVERLOADED.status() || code == FailureCode.REQUEST_RUNNING;
  }
}
