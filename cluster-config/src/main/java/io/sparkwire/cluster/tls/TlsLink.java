package io.sparkwire.cluster.tls;

import com.hazelcast.cluster.Address;
import com.hazelcast.internal.networking.Channel;
import com.hazelcast.internal.server.ServerConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/**
 * What the two directions of a connection between members share: the engine of TLS, and whether the
 * other side has failed to prove that it is a node. Thread-safe.
 */
final class TlsLink {

  /*
   * Each direction has a thread of its own, and waits for the other one during a handshake.
   *
   * - The decoder is BLOCKED while the engine has something to send. The encoder sends it, and wakes
   *   the decoder.
   * - The encoder is BLOCKED while the engine waits for the other side; no byte of Hazelcast leaves
   *   before the handshake is over. It says so in "encoderWaits" before it looks at the engine a
   *   last time; the decoder wakes it once the engine waits no more. So no wake-up is lost.
   * - When the handshake fails, only the encoder may write the alert that says so. It then closes
   *   the connection.
   */

  static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final SSLEngine engine;
  private final Channel channel;
  private final Consumer<Address> unreachable;
  private final RefusedStrangers strangers;
  private volatile boolean encoderWaits;
  private volatile boolean proven;
  private volatile String failure;

  /**
   * @param unreachable called with the address to which this node has connected in vain
   */
  TlsLink(
      SSLEngine engine,
      Channel channel,
      Consumer<Address> unreachable,
      RefusedStrangers strangers) {
    this.engine = engine;
    this.channel = channel;
    this.unreachable = unreachable;
    this.strangers = strangers;
  }

  SSLEngine engine() {
    return engine;
  }

  int packetBytes() {
    return engine.getSession().getPacketBufferSize();
  }

  int plainBytes() {
    return engine.getSession().getApplicationBufferSize();
  }

  boolean isIdle() {
    HandshakeStatus status = engine.getHandshakeStatus();
    return status == HandshakeStatus.NOT_HANDSHAKING || status == HandshakeStatus.FINISHED;
  }

  /** Whether the encoder has to wait. */
  boolean encoderWaits() {
    encoderWaits = true;
    HandshakeStatus status = engine.getHandshakeStatus();
    encoderWaits = !hasFailed() && status != HandshakeStatus.NEED_WRAP && !isIdle();
    return encoderWaits;
  }

  /** Has the encoder look at the engine again. */
  void wakeEncoder() {
    channel.outboundPipeline().wakeup();
  }

  /** The same, if it waits. */
  void wakeWaitingEncoder() {
    if (encoderWaits) {
      wakeEncoder();
    }
  }

  void wakeDecoder() {
    channel.inboundPipeline().wakeup();
  }

  /** The other side has proven that it is a node. */
  void proven() {
    proven = true;
  }

  boolean isProven() {
    return proven;
  }

  /** Whether it has failed for this reason. */
  boolean isWith(String reason) {
    return reason.equals(failure);
  }

  boolean hasFailed() {
    return failure != null;
  }

  /** Ends the connection, with a line in the log if the other side is a stranger. */
  void fail(String reason) {
    if (failure != null) {
      return;
    }
    failure = reason;
    if (!proven) {
      strangers.refused(
          RefusedStrangers.MEMBERS, channel.socket().getInetAddress().getHostAddress(), reason);
      if (channel.isClientMode()) {
        unreachable.accept((Address) channel.attributeMap().get(Address.class));
      }
    }
    wakeEncoder();
  }

  void fail(SSLException exception) {
    fail(StrangerReason.of(exception));
  }

  /**
   * The connection has broken. That of a stranger is closed here, because Hazelcast would have a
   * stack trace in the log.
   */
  void broken(Throwable error) {
    if (error instanceof IOException && !proven) {
      if (channel.isClientMode()) {
        fail(StrangerReason.HUNG_UP);
      }
      close();
    }
  }

  void close() {
    ((ServerConnection) channel.attributeMap().get(ServerConnection.class)).close(failure, null);
  }
}
