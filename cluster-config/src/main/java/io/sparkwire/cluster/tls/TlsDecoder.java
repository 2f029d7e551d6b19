package io.sparkwire.cluster.tls;

import static com.hazelcast.internal.networking.HandlerStatus.BLOCKED;
import static com.hazelcast.internal.networking.HandlerStatus.CLEAN;
import static com.hazelcast.internal.networking.HandlerStatus.DIRTY;
import static com.hazelcast.internal.nio.IOUtil.compactOrClear;

import com.hazelcast.internal.networking.HandlerStatus;
import com.hazelcast.internal.networking.InboundHandler;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/**
 * Decrypts what a connection receives, before any handler of Hazelcast sees it. Runs on: a thread
 * of Hazelcast. Not thread-safe.
 */
final class TlsDecoder extends InboundHandler<ByteBuffer, ByteBuffer> {

  private final TlsLink link;

  /** What is decrypted and has not been handed on. */
  private ByteBuffer plain = TlsLink.NOTHING;

  private boolean begun;

  TlsDecoder(TlsLink link) {
    this.link = link;
  }

  @Override
  public void handlerAdded() {
    initSrcBuffer(2 * link.packetBytes()); // not the most that a socket takes: it may be a stranger
    plain = ByteBuffer.allocate(link.plainBytes()).limit(0);
  }

  @Override
  public HandlerStatus onRead() {
    src.flip();
    try {
      return decode();
    } catch (SSLException e) {
      link.fail(e);
      return drop();
    } finally {
      compactOrClear(src);
    }
  }

  private HandlerStatus decode() throws SSLException {
    while (!link.hasFailed()) {
      handOn();
      if (plain.hasRemaining()) {
        return DIRTY;
      }
      HandshakeStatus status = link.engine().getHandshakeStatus();
      if (status == HandshakeStatus.NEED_TASK) {
        runTasks();
      } else if (status == HandshakeStatus.NEED_WRAP) {
        link.wakeEncoder();
        return BLOCKED;
      } else if (!src.hasRemaining() || !isTls() || !decrypted()) {
        return link.hasFailed() ? drop() : CLEAN;
      }
    }
    return drop();
  }

  private void handOn() {
    int size = Math.min(plain.remaining(), dst.remaining());
    if (size > 0) {
      dst.put(plain.slice().limit(size));
      plain.position(plain.position() + size);
    }
  }

  private void runTasks() {
    for (Runnable task; (task = link.engine().getDelegatedTask()) != null; ) {
      task.run();
    }
  }

  /** Whether a connection begins as it must; says no, too, while that is not known. */
  private boolean isTls() {
    if (!begun && src.remaining() > 1) {
      begun = true;
      if (!StrangerReason.isTls(src.get(src.position()), src.get(src.position() + 1))) {
        link.fail(StrangerReason.CLEAR_TEXT);
        return false;
      }
    }
    return begun;
  }

  /** Decrypts a record; says no if it is not there as a whole, or is the last. */
  private boolean decrypted() throws SSLException {
    plain.clear();
    SSLEngineResult result;
    try {
      result = link.engine().unwrap(src, plain);
    } finally {
      plain.flip();
    }
    if (result.getHandshakeStatus() == HandshakeStatus.FINISHED) {
      link.proven();
    }
    if (link.isIdle()) {
      link.wakeWaitingEncoder();
    }
    return switch (result.getStatus()) {
      case OK -> true;
      case BUFFER_UNDERFLOW -> false;
      case BUFFER_OVERFLOW -> {
        plain = ByteBuffer.allocate(2 * plain.capacity()).limit(0);
        yield true;
      }
      case CLOSED -> {
        link.fail("it has closed the connection");
        yield false;
      }
    };
  }

  /** Forgets what the other side has sent, and reads no more. */
  private HandlerStatus drop() {
    src.position(src.limit());
    plain.limit(plain.position());
    return BLOCKED;
  }

  @Override
  public void interceptError(Throwable error) {
    link.broken(error);
  }
}
