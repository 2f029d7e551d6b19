package io.sparkwire.framing;

import static io.sparkwire.framing.MalformedRequestException.malformed;

import io.sparkwire.message.FieldRules;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;

/**
 * What RFC 9113, 8.2 and 8.3 ask of a request's fields, where Netty and Vert.x do not. Stateless.
 */
final class Http2Heads {

  private Http2Heads() {}

  /**
   * @throws MalformedRequestException if the request is malformed
   */
  static void check(HttpServerRequest request) {
    if (request.uri() == null) {
      throw malformed("a request must have a path");
    }
    RequestTarget.checkPath(request.method().name(), request.uri());
    if (!FieldRules.isToken(request.method().name())) {
      throw malformed("the method is not valid");
    }
    if (!RequestTarget.isAuthority(request.authority())) {
      throw malformed("a request must have an authority");
    }
    int hosts = 0;
    int lengths = 0;
    for (Map.Entry<String, String> field : request.headers()) {
      check(field.getKey(), field.getValue());
      hosts += field.getKey().equals("host") ? 1 : 0;
      lengths += field.getKey().equals("content-length") ? 1 : 0;
    }
    if (hosts > 1 || lengths > 1) {
      throw malformed("a request may have one host and one content-length");
    }
  }

  private static void check(String name, String value) {
    if (!isName(name)) {
      throw malformed("the name of a field is not valid");
    }
    if (!FieldRules.isValue(value) || FieldRules.hasOuterBlanks(value)) {
      throw malformed("the value of field '" + name + "' is not valid");
    }
    if (FieldRules.isOfConnection(name) || (name.equals("te") && !value.equals("trailers"))) {
      throw malformed("HTTP/2 has no field '" + name + "' with that value");
    }
  }

  private static boolean isName(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) >= 'A' && name.charAt(i) <= 'Z') {
        return false;
      }
    }
    return FieldRules.isToken(name);
  }
}
