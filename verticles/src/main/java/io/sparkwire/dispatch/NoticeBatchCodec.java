package io.sparkwire.dispatch;

import io.sparkwire.dispatch.Notice.Kind;
import io.sparkwire.exchange.RemoteTimes;
import io.sparkwire.message.Addresses;
import io.sparkwire.message.NodeId;
import io.sparkwire.message.Protocol;
import io.sparkwire.message.ReplyCodec;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.WireReader;
import io.sparkwire.message.WireWriter;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;
import java.util.ArrayList;
import java.util.List;

/**
 * The wire form of notices: version, sender, number of notices; then kind and sequence of each, row
 * and rows if it is about a row, and its reply if it has one. After a reply to a request: how often
 * the sender has tried, and if it has, queue and pipeline in microseconds. Thread-safe.
 */
final class NoticeBatchCodec implements MessageCodec<NoticeBatch, NoticeBatch> {

  @Override
  public void encodeToWire(Buffer buffer, NoticeBatch notices) {
    WireWriter out = new WireWriter(buffer);
    out.small(Protocol.VERSION).text(notices.from().text()).number(notices.list().size());
    for (Notice notice : notices.list()) {
      out.small(notice.kind().number()).number(notice.sequence());
      if (notice.kind().isOfRow()) {
        out.number(notice.row()).number(notice.rows());
      }
      if (notice.kind().hasReply()) {
        ReplyCodec.write(notice.reply(), out);
      }
      if (notice.kind() == Kind.REPLY) {
        write(notice.times(), out);
      }
    }
  }

  private static void write(RemoteTimes times, WireWriter out) {
    if (times == null) {
      out.small(0);
    } else {
      out.small(times.attempts()).number(times.queueMicros()).number(times.pipelineMicros());
    }
  }

  @Override
  public NoticeBatch decodeFromWire(int position, Buffer buffer) {
    WireReader in = new WireReader(buffer, position).checkVersion();
    NodeId from = new NodeId(in.text());
    List<Notice> list = new ArrayList<>();
    for (int left = in.number(); left > 0; left--) {
      list.add(notice(in));
    }
    return new NoticeBatch(from, list);
  }

  private static Notice notice(WireReader in) {
    Kind kind = Kind.of(in.small());
    long sequence = in.longNumber();
    int row = kind.isOfRow() ? in.number() : 0;
    int rows = kind.isOfRow() ? in.number() : 0;
    ServiceReply reply = kind.hasReply() ? ReplyCodec.read(in) : null;
    RemoteTimes times = kind == Kind.REPLY ? times(in) : null;
    return new Notice(kind, sequence, row, rows, reply, times);
  }

  private static RemoteTimes times(WireReader in) {
    int attempts = in.small();
    return attempts == 0 ? null : new RemoteTimes(attempts, in.number(), in.number());
  }

  @Override
  public NoticeBatch transform(NoticeBatch notices) {
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
