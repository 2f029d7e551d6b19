package io.sparkwire.wire;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.sparkwire.message.Header;
import io.sparkwire.message.ServiceReply;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * The bodies of replies as JSON values: JSON as it is, a text as a string, other bytes as a string
 * in base64, and nothing as null. Stateless.
 */
final class JsonReplies {

  private static final int OK = 200;

  /** What a value takes at least, roughly. */
  private static final int VALUE_BYTES = 32;

  private JsonReplies() {}

  /** A reply of all of these values, with the header fields of the first. */
  static ServiceReply joined(
      List<ServiceReply> replies, String open, String between, String close, String contentType) {
    ByteArrayOutputStream body = new ByteArrayOutputStream(VALUE_BYTES * (replies.size() + 1));
    body.writeBytes(ascii(open));
    for (int i = 0; i < replies.size(); i++) {
      if (i > 0) {
        body.writeBytes(ascii(between));
      }
      body.writeBytes(value(replies.get(i)));
    }
    body.writeBytes(ascii(close));
    List<Header> headers = replies.isEmpty() ? List.of() : replies.get(0).headers();
    return new ServiceReply(OK, contentType, headers, body.toByteArray());
  }

  static byte[] value(ServiceReply reply) {
    String type = reply.contentType();
    if (type == null) {
      return ascii("null");
    }
    if (type.startsWith("application/json")) {
      return reply.body();
    }
    String text =
        type.startsWith("text/")
            ? new String(reply.body(), StandardCharsets.UTF_8)
            : Base64.getEncoder().encodeToString(reply.body());
    return ('"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"')
        .getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
