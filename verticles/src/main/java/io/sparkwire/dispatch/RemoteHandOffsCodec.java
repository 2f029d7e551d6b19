package io.sparkwire.dispatch;

import io.sparkwire.protocol.Addresses;
import io.sparkwire.protocol.Protocol;
import io.sparkwire.protocol.RequestCodec;
import io.sparkwire.protocol.WireReader;
import io.sparkwire.protocol.WireWriter;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;
import java.util.ArrayList;
import java.util.List;

/**
 * The wire form of hand-offs: version, number of hand-offs; then remaining milliseconds and request
 * of each. Thread-safe.
 */
final class RemoteHandOffsCodec implements MessageCodec<RemoteHandOffs, RemoteHandOffs> {

  @Override
  public void encodeToWire(Buffer buffer, RemoteHandOffs handOffs) {
    WireWriter out = new WireWriter(buffer);
    out.small(Protocol.VERSION).number(handOffs.list().size());
    for (RemoteHandOff handOff : handOffs.list()) {
      out.number(handOff.remainingMillis());
      RequestCodec.write(handOff.request(), out);
    }
  }

  @Override
  public RemoteHandOffs decodeFromWire(int position, Buffer buffer) {
    WireReader in = new WireReader(buffer, position).checkVersion();
    List<RemoteHandOff> list = new ArrayList<>();
    for (int left = in.number(); left > 0; left--) {
      long remainingMillis = in.longNumber();
      list.add(new RemoteHandOff(RequestCodec.read(in), remainingMillis));
    }
    return new RemoteHandOffs(list);
  }

  @Override
  public RemoteHandOffs transform(RemoteHandOffs handOffs) {
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
