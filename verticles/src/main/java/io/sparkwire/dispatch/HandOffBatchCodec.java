package io.sparkwire.dispatch;

import io.sparkwire.message.Addresses;
import io.sparkwire.message.Protocol;
import io.sparkwire.message.RequestCodec;
import io.sparkwire.message.WireReader;
import io.sparkwire.message.WireWriter;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;
import java.util.ArrayList;
import java.util.List;

/**
 * The wire form of hand-offs: version, number of hand-offs; then remaining milliseconds and request
 * of each. Thread-safe.
 */
final class HandOffBatchCodec implements MessageCodec<HandOffBatch, HandOffBatch> {

  @Override
  public void encodeToWire(Buffer buffer, HandOffBatch handOffs) {
    WireWriter out = new WireWriter(buffer);
    out.small(Protocol.VERSION).number(handOffs.list().size());
    for (HandOffMessage handOff : handOffs.list()) {
      out.number(handOff.remainingMillis());
      RequestCodec.write(handOff.request(), out);
    }
  }

  @Override
  public HandOffBatch decodeFromWire(int position, Buffer buffer) {
    WireReader in = new WireReader(buffer, position).checkVersion();
    List<HandOffMessage> list = new ArrayList<>();
    for (int left = in.number(); left > 0; left--) {
      long remainingMillis = in.longNumber();
      list.add(new HandOffMessage(RequestCodec.read(in), remainingMillis));
    }
    return new HandOffBatch(list);
  }

  @Override
  public HandOffBatch transform(HandOffBatch handOffs) {
    return handOffs;
  }

  @Override
  public String name() {
    return Addresses.HAND_OFFS;
  }

  @Override
  public byte systemCodecID() {
    return -1;
  }
}
