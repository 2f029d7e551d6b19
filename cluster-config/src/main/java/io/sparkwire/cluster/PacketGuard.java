package io.sparkwire.cluster;

import com.hazelcast.internal.networking.HandlerStatus;
import com.hazelcast.internal.nio.Packet;
import com.hazelcast.internal.server.ServerConnection;
import com.hazelcast.internal.server.tcp.PacketDecoder;
import java.nio.ByteBuffer;
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

  private static final int HEADER_BYTES = 11;
  private static final int SIZE_AT = 7;

  private final Predicate<ServerConnection> isOfMember;

  /** How much of the packet at hand has not come yet. */
  private long left;

  PacketGuard(
      ServerConnection connection,
      Consumer<Packet> packets,
      Predicate<ServerConnection> isOfMember) {
    super(connection, packets);
    this.isOfMember = isOfMember;
  }

  @Override
  public HandlerStatus onRead() throws Exception {
    if (!areInRange(src)) {
      src.clear();
      connection.close("it sent a packet of a size that no node sends", null);
      return HandlerStatus.CLEAN;
    }
    return super.onRead();
  }

  /**
   * Checks the header of each packet that is about to be read.
   *
   * @param in the bytes received, from its start to its position
   */
  private boolean areInRange(ByteBuffer in) {
    long at = left;
    while (in.position() - at >= HEADER_BYTES) {
      int size = in.getInt((int) at + SIZE_AT);
      if (!isInRange(size)) {
        return false;
      }
      at += HEADER_BYTES + size;
    }
    // An incomplete header stays in the buffer, so the next check begins there.
    left = Math.max(0, at - in.position());
    return true;
  }

  private boolean isInRange(int size) {
    boolean small = size >= 0 && size <= MOST_OF_STRANGERS;
    return small || (size > 0 && size <= MOST_OF_MEMBERS && isOfMember.test(connection));
  }
}
