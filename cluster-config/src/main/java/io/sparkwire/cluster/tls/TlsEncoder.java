package io.sparkwire.cluster.tls;

import static com.hazelcast.internal.networking.HandlerStatus.BLOCKED;
import static com.hazelcast.internal.networking.HandlerStatus.CLEAN;
import static com.hazelcast.internal.networking.HandlerStatus.DIRTY;
import static com.hazelcast.internal.nio.IOUtil.compactOrClear;

import com.hazelcast.internal.networking.HandlerStatus;
import com.hazelcast.internal.networking.OutboundHandler;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

/**
 * Encrypts what a connection sends, once the other side has proven that it is a node. Runs on: one
 * thread at a time. Not thread-safe.
 */
final class TlsEncoder extends OutboundHandler<ByteBuffer, ByteBuffer> {

  /** What a server of TLS says to a client that does not speak it: an unexpected message. */
  private static final byte[] TO_CLEAR_TEXT = {21, 3, 3, 0, 2, 2, 10};

  private final TlsLink link;
  private boolean alerted;

  TlsEncoder(TlsLink link) {
    this.link = link;
  }

  @Override
  public void handlerAdded() {
    initDstBuffer(2 * link.packetBytes());
  }

  @Override
  public HandlerStatus onWrite() {
    compactOrClear(dst);
    try {
      return encode();
    } catch (SSLException e) {
      link.fail(e);
      return close();
    } finally {
      dst.flip();
    }
  }

  private HandlerStatus encode() throws SSLException {
    while (!link.hasFailed()) {
      boolean idle = link.isIdle();
      if (idle && !src.hasRemaining()) {
        return CLEAN;
      }
      if (!idle && link.encoderWaits()) {
        link.wakeDecoder(); // the engine may have work for it that no byte will announce
        return BLOCKED;
      }
      SSLEngineResult result = link.engine().wrap(idle ? src : TlsLink.NOTHING, dst);
      if (result.getStatus() == Status.BUFFER_OVERFLOW) {
        return DIRTY;
      }
      if (result.getStatus() == Status.CLOSED) {
        link.fail("the connection is closed");
      }
      if (result.getHandshakeStatus() == HandshakeStatus.FINISHED) {
        link.proven();
      }
      if (!idle) {
        link.wakeDecoder();
      }
    }
    return close();
  }

  /** Says why, and closes the connection when that is sent. */
  private HandlerStatus close() {
    if (!alerted) {
      alerted = true;
      alert();
    }
    if (dst.position() > 0) {
      return DIRTY;
    }
    link.close();
    return BLOCKED;
  }

  private void alert() {
    if (link.isWith(StrangerReason.CLEAR_TEXT)) {
      dst.put(TO_CLEAR_TEXT); // of which the engine knows nothing
      return;
    }
    try {
      link.engine().wrap(TlsLink.NOTHING, dst);
    } catch (SSLException e) {
      dst.clear(); // then the other side does not learn why
    }
  }

  @Override
  public void interceptError(Throwable error) {
    link.broken(error);
  }
}
