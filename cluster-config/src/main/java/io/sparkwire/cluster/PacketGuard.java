package io.sparkwire.cluster;

import com.hazelcast.internal.networking.HandlerStatus;
import com.hazelcast.internal.nio.Packet;
import com.hazelcast.internal.server.ServerConnection;
import com.hazelcast.internal.server.tcp.PacketDecoder;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Reads Hazelcast's packets from one connection, and closes it at the first whose announced size is
 * out of range: Hazelcast makes room for all of it as soon as it has read the size.
 *
 * <p>Runs on: a thread of Hazelcast. Not thread-safe.
 */
final class PacketGuard extends PacketDecoder {

  /** From a peer that is not known to be a member. */
  static final int MOST_OF_STRANGERS = 4 * 1024 * 1024;

  /** From a member; the largest are parts of the cluster's data that move. */
  static final int MOST_OF_MEMBERS = 256 * 1024 * 1024;

  /** Why it closes a connection. */
  static final String REFUSED = "it sent a packet of a size that no node sends";

  private final Predicate<ServerConnection> isOfMember;
  private final PacketSizes sizes = new PacketSizes();

  PacketGuard(
      ServerConnection connection,
      Consumer<Packet> packets,
      Predicate<ServerConnection> isOfMember) {
    super(connection, packets);
    this.isOfMember = isOfMember;
  }

  @Override
  public HandlerStatus onRead() throws Exception {
    if (!sizes.allow(src, this::isInRange)) {
      src.clear();
      connection.close(REFUSED, null);
      return HandlerStatus.CLEAN;
    }
    return super.onRead();
  }

  private boolean isInRange(int size) {
    boolean small = size >= 0 && size <= MOST_OF_STRANGERS;
    return small || (size > 0 && size <= MOST_OF_MEMBERS && isOfMember.test(connection));
  }
}
