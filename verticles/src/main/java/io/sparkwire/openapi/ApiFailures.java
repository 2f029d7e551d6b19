package io.sparkwire.openapi;

import io.sparkwire.message.FailureCode;
import io.sparkwire.message.ResponseOptions;
import io.sparkwire.message.ServicePath;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.ServiceSpec;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The failures of services as responses: problem documents with their statuses. Stateless. */
public final class ApiFailures {

  static final String MEDIA_TYPE = "application/problem+json";

  /** The name of the schema of problem documents. */
  static final String SCHEMA = "Problem";

  /** What every service may answer, apart from what its options bring. */
  private static final List<FailureCode> OF_ALL =
      List.of(
          FailureCode.BAD_INPUT,
          FailureCode.MALFORMED_REQUEST,
          FailureCode.REQUEST_TIMEOUT,
          FailureCode.BODY_TOO_LARGE,
          FailureCode.URI_TOO_LONG,
          FailureCode.UNSUPPORTED_MEDIA_TYPE,
          FailureCode.EXPECTATION_FAILED,
          FailureCode.HEADERS_TOO_LARGE,
          FailureCode.PIPELINE_FAILED,
          FailureCode.REPLY_LOST,
          FailureCode.TRANSFER_CODING_NOT_SUPPORTED,
          FailureCode.OVERLOADED,
          FailureCode.UNAVAILABLE,
          FailureCode.DEADLINE_EXCEEDED,
          FailureCode.VERSION_NOT_SUPPORTED);

  private ApiFailures() {}

  /** A reference to the schema of problem documents. */
  public static JsonObject problem() {
    return ApiDocument.reference(SCHEMA);
  }

  /** All failures with which requests to a service may end. */
  public static List<FailureCode> of(ServiceSpec spec) {
    List<FailureCode> codes = new ArrayList<>(OF_ALL);
    if (new ServicePath(spec.route().path()).hasParameters()) {
      codes.add(FailureCode.UNKNOWN_PATH);
    }
    if (spec.responses().noRow() != ServiceReply.NO_CONTENT) {
      codes.add(FailureCode.ROW_DROPPED);
    }
    if (spec.retention().hasIdempotency()) {
      codes.add(FailureCode.BAD_IDEMPOTENCY_KEY);
      codes.add(FailureCode.REQUEST_RUNNING);
      codes.add(FailureCode.IDEMPOTENCY_KEY_REUSED);
    }
    return codes;
  }

  /** Adds failures, with the statuses that they have in that service. */
  public static void add(ApiOperation operation, ServiceSpec spec, List<FailureCode> codes) {
    add(operation, spec, codes, response -> {});
  }

  /**
   * The same where a protocol has bodies of its own beside problem documents.
   *
   * @param bodies adds them to each response
   */
  public static void add(
      ApiOperation operation,
      ServiceSpec spec,
      List<FailureCode> codes,
      Consumer<ApiResponse> bodies) {
    Map<Integer, List<FailureCode>> byStatus =
        codes.stream()
            .collect(
                Collectors.groupingBy(
                    code -> status(code, spec.responses()), TreeMap::new, Collectors.toList()));
    byStatus.forEach(
        (status, same) -> {
          ApiResponse response = response(spec, same);
          bodies.accept(response);
          operation.answers("" + status, response);
        });
  }

  private static int status(FailureCode code, ResponseOptions options) {
    return switch (code) {
      case OVERLOADED -> options.overloadStatus();
      case ROW_DROPPED -> options.noRow();
      default -> code.status();
    };
  }

  private static ApiResponse response(ServiceSpec spec, List<FailureCode> codes) {
    String description =
        codes.stream()
            .map(code -> code.title() + " (`" + code.type() + "`)")
            .collect(Collectors.joining(", "));
    ApiResponse response = new ApiResponse(description).content(MEDIA_TYPE, problem());
    ServiceHeaders.addTo(response, spec);
    boolean saysWhen =
        codes.stream()
            .anyMatch(
                code ->
                    code == FailureCode.OVERLOADED
                        || code == FailureCode.UNAVAILABLE
                        || code == FailureCode.REQUEST_RUNNING);
    return saysWhen ? response.header("Retry-After", "Seconds after which to try again") : response;
  }

  static JsonObject schema() {
    JsonObject text = new JsonObject().put("type", "string");
    JsonObject properties =
        new JsonObject()
            .put("type", text.copy().put("description", "For programs; never changes"))
            .put("title", text)
            .put("status", new JsonObject().put("type", "integer"))
            .put("detail", text.copy().put("description", "What is allowed, and what came"));
    for (String member : List.of("field", "expected", "found")) {
      properties.put(member, text.copy().put("description", "Of bad input"));
    }
    properties.put("requestId", text);
    for (String member : List.of("cause", "condition", "message")) {
      properties.put(member, text.copy().put("description", "Of a pipeline that failed"));
    }
    return new JsonObject()
        .put("type", "object")
        .put("description", "A problem document of RFC 9457")
        .put("required", JsonArray.of("type", "title", "status", "detail"))
        .put("properties", properties);
  }
}
