package io.sparkwire.message;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

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

  /** How the document of each failure begins: {@link #toReply} writes its type first. */
  private static final Map<FailureCode, byte[]> BEGINNINGS =
      Arrays.stream(FailureCode.values())
          .collect(
              Collectors.toMap(
                  code -> code,
                  ServiceFailure::beginning,
                  (one, other) -> one,
                  () -> new EnumMap<>(FailureCode.class)));

  public static ServiceFailure of(FailureCode code, String detail) {
    return new ServiceFailure(code, detail, Map.of());
  }

  private static byte[] beginning(FailureCode code) {
    return ("{\"type\":\"" + code.type() + '"').getBytes(StandardCharsets.UTF_8);
  }

  /** Whether a reply says that there is no room. */
  public static boolean isOverload(ServiceReply reply) {
    return isFailure(reply) && begins(reply.body(), BEGINNINGS.get(FailureCode.OVERLOADED));
  }

  /** Which failure a reply is; null if it is none. No document is parsed for that. */
  public static FailureCode code(ServiceReply reply) {
    if (isFailure(reply)) {
      for (Map.Entry<FailureCode, byte[]> each : BEGINNINGS.entrySet()) {
        if (begins(reply.body(), each.getValue())) {
          return each.getKey();
        }
      }
    }
    return null;
  }

  private static boolean begins(byte[] body, byte[] beginning) {
    int length = beginning.length;
    return body.length >= length && Arrays.equals(body, 0, length, beginning, 0, length);
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
