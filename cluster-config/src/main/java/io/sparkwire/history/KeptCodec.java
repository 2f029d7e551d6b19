package io.sparkwire.history;

import io.sparkwire.protocol.Protocol;
import io.sparkwire.protocol.ReplyCodec;
import io.sparkwire.protocol.RequestCodec;
import io.sparkwire.protocol.ServiceReply;
import io.sparkwire.protocol.ServiceRequest;
import io.sparkwire.protocol.WireReader;
import io.sparkwire.protocol.WireWriter;
import io.vertx.core.buffer.Buffer;

/** The form in which requests and replies are kept: version, and one of them. */
final class KeptCodec {

  private KeptCodec() {}

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
