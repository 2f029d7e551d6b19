package io.sparkwire.history;

import io.sparkwire.message.Protocol;
import io.sparkwire.message.RequestCodec;
import io.sparkwire.message.ServiceRequest;
import io.sparkwire.message.WireReader;
import io.sparkwire.message.WireWriter;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/** The form in which requests lie in the shared history: version, how many, and each of them. */
final class ChunkCodec {

  private ChunkCodec() {}

  static byte[] write(List<ServiceRequest> requests) {
    Buffer buffer = Buffer.buffer();
    WireWriter out = new WireWriter(buffer);
    out.small(Protocol.VERSION).number(requests.size());
    requests.forEach(request -> RequestCodec.write(request, out));
    return buffer.getBytes();
  }

  /** Whether there is no request in it; reads none. */
  static boolean isEmpty(byte[] chunk) {
    return new WireReader(Buffer.buffer(chunk), 0).checkVersion().number() == 0;
  }

  static List<ServiceRequest> read(byte[] chunk) {
    WireReader in = new WireReader(Buffer.buffer(chunk), 0).checkVersion();
    List<ServiceRequest> requests = new ArrayList<>();
    for (int left = in.number(); left > 0; left--) {
      requests.add(RequestCodec.read(in));
    }
    return requests;
  }
}
