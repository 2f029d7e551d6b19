package io.sparkwire.connection;

import io.netty.handler.codec.http2.Http2Error;
import io.sparkwire.cluster.TransferLimits;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The replies on one event loop that wait for their clients to read them, the oldest first.
 *
 * <p>A client has {@code write-timeout} for each of them. If the node has more of them than it may
 * hold, the oldest are given up. A reply that its client reads at once is never in here. Runs on:
 * event loop. Not thread-safe.
 */
public final class UnreadReplies implements Sweeper {

  /** What a reply takes beside its body, about. */
  private static final int OVERHEAD_BYTES = 512;

  private final ConnectionLoop loop;
  private final TransferLimits limits;
  private final AtomicLong bytes;
  private Unread first;
  private Unread last;

  /** One of them, until it is written or its stream or connection has ended. */
  private static final class Unread {

    final Connection connection;
    final int stream;
    final long size;
    final long since = System.nanoTime();
    boolean givenUp;
    boolean closed;
    Unread earlier;
    Unread later;

    Unread(HttpServerRequest request, long size) {
      this.connection = Connection.of(request);
      this.stream = request.response().streamId();
      this.size = size;
    }
  }

  /**
   * @param bytes counts what all event loops of the node hold
   */
  public UnreadReplies(ConnectionLoop loop, TransferLimits limits, AtomicLong bytes) {
    this.loop = loop;
    this.limits = limits;
    this.bytes = bytes;
    loop.sweeps(this, limits.writeTimeout());
  }

  /**
   * Watches a reply that could not be written at once.
   *
   * @param written completes when it is, or when it cannot be any more
   */
  public void add(HttpServerRequest request, int bodyBytes, Future<Void> written) {
    Unread reply = new Unread(request, (long) bodyBytes + OVERHEAD_BYTES);
    bytes.addAndGet(reply.size);
    link(reply);
    written.onComplete(done -> remove(reply));
    oldest(bytes.get() - limits.unreadBytes()).forEach(this::giveUp);
    loop.needed();
  }

  /** As many of the oldest as have so many bytes, but never the latest. */
  private List<Unread> oldest(long bytesTooMany) {
    List<Unread> oldest = new ArrayList<>();
    long left = bytesTooMany;
    for (Unread r = first; r != last && left > 0; r = r.later) {
      if (!r.givenUp) {
        oldest.add(r);
        left -= r.size;
      }
    }
    return oldest;
  }

  /** If a stream has been reset and is still there, its connection does not read anything. */
  private void giveUp(Unread reply) {
    if (reply.closed) {
      return; // with another of its connection
    }
    if (reply.givenUp || !reply.connection.hasStreams()) {
      reply.connection.close();
    } else {
      reply.connection.reset(reply.stream, Http2Error.CANCEL);
    }
    release(reply);
  }

  @Override
  public boolean sweep(long now) {
    overdue(now).forEach(this::giveUp);
    return first != null;
  }

  /**
   * A separate list: a reply that is given up leaves the other list at once, maybe with its
   * neighbours.
   */
  private List<Unread> overdue(long now) {
    List<Unread> due = new ArrayList<>();
    long before = now - limits.writeTimeout().toNanos();
    for (Unread r = first; r != null && r.since - before < 0; r = r.later) {
      due.add(r);
    }
    return due;
  }

  private void release(Unread reply) {
    if (!reply.givenUp) {
      reply.givenUp = true;
      bytes.addAndGet(-reply.size);
    }
  }

  private void link(Unread reply) {
    reply.earlier = last;
    if (last == null) {
      first = reply;
    } else {
      last.later = reply;
    }
    last = reply;
  }

  private void remove(Unread reply) {
    reply.closed = true;
    release(reply);
    if (reply.earlier == null) {
      first = reply.later;
    } else {
      reply.earlier.later = reply.later;
    }
    if (reply.later == null) {
      last = reply.earlier;
    } else {
      reply.later.earlier = reply.earlier;
    }
  }
}
