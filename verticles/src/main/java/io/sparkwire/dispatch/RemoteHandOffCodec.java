package io.sparkwire.dispatch;

import io.sparkwire.protocol.Addresses;
import io.sparkwire.protocol.Protocol;
import io.sparkwire.protocol.RequestCodec;
import io.sparkwire.protocol.WireReader;
import io.sparkwire.protocol.WireWriter;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;

/** The wire form of a hand-off: version, remaining milliseconds, request. Thread-safe. */
final class RemoteHandOffCodec implements MessageCodec<RemoteHandOff, RemoteHandOff> {

  @Override
  public void encodeToWire(Buffer buffer, RemoteHandOff handOff) {
    WireWriter out = new WireWriter(buffer);
    out.small(Protocol.VERSION).number(handOff.remainingMillis());
    RequestCodec.write(handOff.request(), out);
  }

  @Override
  public RemoteHandOff decodeFromWire(int position, Buffer buffer) {
    WireReader in = new WireReader(buffer, position).checkVersion();
    long remainingMillis = in.longNumber();
    return new RemoteHandOff(RequestCodec.read(in), remainingMillis);
  }

  @Override
  public RemoteHandOff transform(RemoteHandOff handOff) {
    return handOff;
  }

  @Override
  public String name() {
    return Addresses.HAND_OFF;
  }

  @Override
  public byte systemCodecID() {
    return -1;
  }
}
