package io.sparkwire.dispatch;

import io.sparkwire.dispatch.Notice.Kind;
import io.sparkwire.protocol.Addresses;
import io.sparkwire.protocol.NodeId;
import io.sparkwire.protocol.Protocol;
import io.sparkwire.protocol.ReplyCodec;
import io.sparkwire.protocol.WireReader;
import io.sparkwire.protocol.WireWriter;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;
import java.util.ArrayList;
import java.util.List;

/**
 * The wire form of notices: version, sender, number of notices; then kind and sequence of each, and
 * the reply of a reply. Thread-safe.
 */
final class NoticesCodec implements MessageCodec<Notices, Notices> {

  @Override
  public void encodeToWire(Buffer buffer, Notices notices) {
    WireWriter out = new WireWriter(buffer);
    out.small(Protocol.VERSION).text(notices.from().text()).number(notices.list().size());
    for (Notice notice : notices.list()) {
      out.small(notice.kind().number()).number(notice.sequence());
      if (notice.kind() == Kind.REPLY) {
        ReplyCodec.write(notice.reply(), out);
      }
    }
  }

  @Override
  public Notices decodeFromWire(int position, Buffer buffer) {
    WireReader in = new WireReader(buffer, position).checkVersion();
    NodeId from = new NodeId(in.text());
    List<Notice> list = new ArrayList<>();
    for (int left = in.number(); left > 0; left--) {
      Kind kind = Kind.of(in.small());
      long sequence = in.longNumber();
      list.add(new Notice(kind, sequence, kind == Kind.REPLY ? ReplyCodec.read(in) : null));
    }
    return new Notices(from, list);
  }

  @Override
  public Notices transform(Notices notices) {
    return notices;
  }

  @Override
  public String name() {
    return Addresses.NOTICES;
  }

  @Override
  public byte systemCodecID() {
    return -1;
  }
}
