package io.sparkwire.message;

import io.vertx.core.MultiMap;
import java.util.Map;

/**
 * The request of one client to one service.
 *
 * <p>Never changed after it was handed off, so any thread may read it. Headers stay in the form in
 * which they were received, because most pipelines never read them.
 *
 * @param id correlates everything about this request
 * @param service the service's name
 * @param method the HTTP method, in capitals
 * @param uri path and query as received
 * @param protocolVersion for example {@code HTTP/1.1}
 * @param headers as received, but for those that name the trace of a sampled request; names compare
 *     without case
 * @param pathParams the values of {@code :name} places in the service's path, decoded
 * @param body the entity, empty if there was none
 * @param format the name of the form in which the body holds many rows; empty if it is one row
 * @param receivedAtMicros when its head arrived, in microseconds since 1970-01-01T00:00:00Z
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and a copy would cost
public record ServiceRequest(
    RequestId id,
    String service,
    String method,
    String uri,
    String protocolVersion,
    MultiMap headers,
    Map<String, String> pathParams,
    byte[] body,
    String format,
    long receivedAtMicros) {

  /** The format of a request that is a row by itself. */
  public static final String ONE_ROW = "";

  /**
   * The header field with the subject of the client's certificate, where its listener has checked
   * one. No client can send a field of that name: it is no token, and HTTP/2 has no such
   * pseudo-header field.
   */
  public static final String CLIENT_SUBJECT = ":client-subject";

  /**
   * The header field with the name of the client, where its listener has checked credentials. No
   * client can send it either.
   */
  public static final String PRINCIPAL = ":principal";

  private static final byte[] NO_BODY = {};

  /** What is left of a request that has ended. */
  public static ServiceRequest ended(RequestId id, String service) {
    return new ServiceRequest(
        id, service, "", "", "", MultiMap.caseInsensitiveMultiMap(), Map.of(), NO_BODY, ONE_ROW, 0);
  }

  /** False if it has ended, and nothing but its id and its service is left. */
  public boolean isWhole() {
    return !method.isEmpty();
  }

  /** The same request under another id. */
  public ServiceRequest withId(RequestId other) {
    return new ServiceRequest(
        other,
        service,
        method,
        uri,
        protocolVersion,
        headers,
        pathParams,
        body,
        format,
        receivedAtMicros);
  }

  /** Whether its body holds rows in some format, so that its reply is made of theirs. */
  public boolean hasRows() {
    return !format.isEmpty();
  }
}
