package io.sparkwire.replystore;

import io.sparkwire.message.Protocol;
import io.sparkwire.message.ReplyCodec;
import io.sparkwire.message.RequestCodec;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.ServiceRequest;
import io.sparkwire.message.WireReader;
import io.sparkwire.message.WireWriter;
import io.vertx.core.buffer.Buffer;

/** The form in which requests and replies are kept: version, and one of them. */
final class StoredReplyCodec {

  private StoredReplyCodec() {}

  static byte[] write(ServiceRequest request) {
    Buffer buffer = Buffer.buffer();
    RequestCodec.write(request, new WireWriter(buffer).small(Protocol.VERSION));
    return buffer.getBytes();
  }

  static byte[] write(ServiceReply reply) {
    Buffer buffer = Buffer.buffer();
    ReplyCodec.write(reply, new WireWriter(buffer).small(Protocol.VERSION));
    return buffer.getBytes();
  }

  static ServiceRequest readRequest(byte[] bytes) {
    return RequestCodec.read(reader(bytes));
  }

  static ServiceReply readReply(byte[] bytes) {
    return ReplyCodec.read(reader(bytes));
  }

  private static WireReader reader(byte[] bytes) {
    return new WireReader(Buffer.buffer(bytes), 0).checkVersion();
  }
}
