package io.sparkwire.message;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
  private static final String RETRY_AFTER = "Retry-After";
  private static final List<Header> RETRY =
      List.of(new Header(RETRY_AFTER, Integer.toString(RETRY_AFTER_SECONDS)));

  /** How the document of such a refusal begins: {@link #toReply} writes its type first. */
  private static final byte[] OVERLOADED =
      ("{\"type\":\"" + FailureCode.OVERLOADED.type() + '"').getBytes(StandardCharsets.UTF_8);

  public static ServiceFailure of(FailureCode code, String detail) {
    return new ServiceFailure(code, detail, Map.of());
  }

  /** Whether a reply says that there is no room. */
  public static boolean isOverload(ServiceReply reply) {
    byte[] body = reply.body();
    int length = Math.min(body.length, OVERLOADED.length);
    return isFailure(reply) && Arrays.equals(body, 0, length, OVERLOADED, 0, OVERLOADED.length);
  }

  /** What a reply says if it is a failure. */
  public static Optional<String> detail(ServiceReply reply) {
    return isFailure(reply)
        ? Optional.ofNullable(problem(reply).getString("detail"))
        : Optional.empty();
  }

  private static boolean isFailure(ServiceReply reply) {
    return CONTENT_TYPE.equals(reply.contentType());
  }

  /** The same reply; if it is a failure, its document names the request. */
  public static ServiceReply ofRequest(ServiceReply reply, String id) {
    return isFailure(reply)
        ? reply.withBody(problem(reply).put("requestId", id).toBuffer().getBytes())
        : reply;
  }

  /** The same refusal with another status, and with the seconds after which to try again. */
  public static ServiceReply refused(ServiceReply refusal, int status, int seconds) {
    Header retry = new Header(RETRY_AFTER, Integer.toString(seconds));
    if (refusal.status() == status && refusal.headers().contains(retry)) {
      return refusal;
    }
    byte[] body = problem(refusal).put("status", status).toBuffer().getBytes();
    return new ServiceReply(status, CONTENT_TYPE, List.of(retry), body);
  }

  private static JsonObject problem(ServiceReply failure) {
    return new JsonObject(Buffer.buffer(failure.body()));
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
