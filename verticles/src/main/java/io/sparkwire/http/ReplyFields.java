package io.sparkwire.http;

import io.sparkwire.message.FieldRules;
import io.sparkwire.message.Header;
import io.sparkwire.message.ServiceReply;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.util.Locale;
import java.util.Set;

/**
 * The header fields of a reply, the same in HTTP/1 and HTTP/2. Stateless.
 *
 * <p>Fields that speak of the connection, or of where the body ends, are left out: that is for the
 * server to say, and pipelines hand on what they have got from other services.
 */
final class ReplyFields {

  private static final String CONTENT_TYPE = "content-type";
  private static final Set<String> OF_SERVER = Set.of("content-length", "te", "trailer");
  private static final int SHOWN_LENGTH = 40;

  private ReplyFields() {}

  /** Writes them; returns what is wrong with one of them, or null. */
  static String write(HttpServerResponse response, ServiceReply reply) {
    MultiMap fields = response.headers();
    if (reply.contentType() != null) {
      fields.set(HttpHeaders.CONTENT_TYPE, reply.contentType());
    }
    for (Header header : reply.headers()) {
      String wrong = write(fields, header.name(), header.value());
      if (wrong != null) {
        return wrong;
      }
    }
    return null;
  }

  private static String write(MultiMap fields, String name, String value) {
    if (!FieldRules.isToken(name)) {
      return "the pipeline's reply has a header field whose name HTTP does not allow: '%s'"
          .formatted(shown(name));
    }
    if (!FieldRules.isValue(value)) {
      return ("the value of the reply's header field '%s' has a character that HTTP cannot carry;"
              + " encode it, for example as %%xx")
          .formatted(shown(name));
    }
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.equals(CONTENT_TYPE)) {
      fields.set(name, value.strip());
    } else if (!FieldRules.isOfConnection(lower) && !OF_SERVER.contains(lower)) {
      fields.add(name, value.strip());
    }
    return null;
  }

  private static String shown(String name) {
    String cut = name.length() > SHOWN_LENGTH ? name.substring(0, SHOWN_LENGTH) : name;
    return cut.replaceAll("[^\\x20-\\x7e]", "?");
  }
}
