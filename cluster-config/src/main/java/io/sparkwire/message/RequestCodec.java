package io.sparkwire.message;

import io.vertx.core.MultiMap;
import java.util.HashMap;
import java.util.Map;

/** The form in which a request travels to another node; its body as the bytes that it is. */
public final class RequestCodec {

  /** In the place of a name: says that there are no more. */
  private static final String END = null;

  private RequestCodec() {}

  public static void write(ServiceRequest request, WireWriter out) {
    out.text(request.id().node().text()).number(request.id().sequence());
    out.text(request.service()).text(request.method()).text(request.uri());
    out.text(request.protocolVersion()).number(request.receivedAtMicros());
    request.headers().forEach((name, value) -> out.text(name).text(value));
    out.text(END);
    request.pathParams().forEach((name, value) -> out.text(name).text(value));
    out.text(END).bytes(request.body()).text(request.format());
  }

  public static ServiceRequest read(WireReader in) {
    RequestId id = new RequestId(new NodeId(in.text()), in.longNumber());
    String service = in.text();
    String method = in.text();
    String uri = in.text();
    String protocolVersion = in.text();
    long receivedAtMicros = in.longNumber();
    MultiMap headers = headers(in);
    Map<String, String> pathParams = pathParams(in);
    return new ServiceRequest(
        id,
        service,
        method,
        uri,
        protocolVersion,
        headers,
        pathParams,
        in.bytes(),
        in.text(),
        receivedAtMicros);
  }

  private static MultiMap headers(WireReader in) {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap(); // takes CLIENT_SUBJECT, too
    for (String name = in.text(); name != null; name = in.text()) {
      headers.add(name, in.text());
    }
    return headers;
  }

  private static Map<String, String> pathParams(WireReader in) {
    Map<String, String> params = new HashMap<>();
    for (String name = in.text(); name != null; name = in.text()) {
      params.put(name, in.text());
    }
    return Map.copyOf(params);
  }
}
