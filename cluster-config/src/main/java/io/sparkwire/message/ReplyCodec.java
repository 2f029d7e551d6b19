package io.sparkwire.message;

import java.util.ArrayList;
import java.util.List;

/** The form in which a reply travels to the node that holds its exchange. */
public final class ReplyCodec {

  private ReplyCodec() {}

  public static void write(ServiceReply reply, WireWriter out) {
    out.number(reply.status()).text(reply.contentType()).number(reply.headers().size());
    reply.headers().forEach(header -> out.text(header.name()).text(header.value()));
    out.bytes(reply.body());
  }

  public static ServiceReply read(WireReader in) {
    int status = in.number();
    String contentType = in.text();
    int size = in.number();
    List<Header> headers = new ArrayList<>(Math.max(0, Math.min(size, 16)));
    for (int left = size; left > 0; left--) {
      headers.add(new Header(in.text(), in.text()));
    }
    return new ServiceReply(status, contentType, headers, in.bytes());
  }
}
