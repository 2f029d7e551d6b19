package io.sparkwire.http;

import io.sparkwire.cluster.TransferLimits;
import io.sparkwire.connection.ConnectionLoop;
import io.sparkwire.connection.Peer;
import io.sparkwire.connection.Sweeper;
import io.sparkwire.exchange.Exchange;
import io.sparkwire.exchange.Overdue;
import io.sparkwire.message.FailureCode;
import io.sparkwire.message.ServiceFailure;
import io.sparkwire.message.ServiceReply;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The requests on one event loop whose bodies are not complete, the oldest first.
 *
 * <p>They have no place among those in flight, but their number and their bytes have bounds of
 * their own. One too many pushes out an eighth of them: the oldest of an address that has more than
 * half of what there is, if there is such an address, otherwise the oldest of all. So a client that
 * sends its request at once gets in, however many others do not. Runs on: event loop, but for
 * {@link #count}. Not thread-safe.
 */
final class UnfinishedBodies implements Sweeper {

  private static final int SHARE_PUSHED_OUT = 8;

  private static final ServiceReply TOO_MANY =
      ServiceFailure.of(
              FailureCode.OVERLOADED,
              "too many requests without their whole body are open; try again later, and send the"
                  + " body at once")
          .toReply();

  private final ConnectionLoop loop;
  private final Duration timeout;
  private final int most;
  private final long mostBytes;
  private final AtomicInteger count = new AtomicInteger();
  private long bytes;
  private UnfinishedBody first;
  private UnfinishedBody last;

  /**
   * @param eventLoops among which the limits of the node are divided
   */
  UnfinishedBodies(ConnectionLoop loop, TransferLimits limits, int eventLoops) {
    this.loop = loop;
    this.timeout = limits.bodyTimeout();
    this.most = Math.max(1, limits.unfinished() / eventLoops);
    this.mostBytes = Math.max(1, limits.unfinishedBytes() / eventLoops);
    loop.sweeps(this, timeout);
  }

  /** How many there are. Runs on: any thread. */
  int count() {
    return count.get();
  }

  /** The head of a request has arrived. */
  UnfinishedBody begin(Exchange exchange, Peer peer, BodyCoding coding) {
    UnfinishedBody body = new UnfinishedBody(exchange, peer, coding);
    link(body);
    if (count.getPlain() > most) {
      pushOut();
    }
    loop.needed();
    return body;
  }

  /** Some more bytes have arrived. */
  void add(UnfinishedBody body, Buffer chunk) {
    body.add(chunk);
    bytes += chunk.length();
    if (bytes > mostBytes) {
      pushOut();
    }
  }

  /** It is complete, or its exchange has ended: then its bytes are of no use. */
  void remove(UnfinishedBody body) {
    if (body.listed) {
      unlink(body);
    }
  }

  private void pushOut() {
    Peer crowd = crowd();
    if (crowd != null) {
      pushOut(crowd);
    }
    pushOut(null);
  }

  /**
   * @param crowd the peer whose requests are given up; null for all
   */
  private void pushOut(Peer crowd) {
    int enough = most - Math.max(1, most / SHARE_PUSHED_OUT);
    long enoughBytes = mostBytes - mostBytes / SHARE_PUSHED_OUT;
    UnfinishedBody next;
    for (UnfinishedBody b = first;
        b != last && (count.getPlain() > enough || bytes > enoughBytes);
        b = next) {
      next = b.later;
      if (crowd == null || b.peer == crowd) {
        giveUp(b, TOO_MANY);
      }
    }
  }

  /** The address that has more than half of the requests, or of the bytes if these are too many. */
  private Peer crowd() {
    boolean byBytes = bytes > mostBytes;
    long all = byBytes ? bytes : count.getPlain();
    Map<Peer, Long> shares = new HashMap<>();
    for (UnfinishedBody b = first; b != null; b = b.later) {
      long share = shares.merge(b.peer, byBytes ? b.length() : 1L, Long::sum);
      if (share > all / 2) {
        return b.peer;
      }
    }
    return null;
  }

  private void giveUp(UnfinishedBody body, ServiceReply why) {
    unlink(body);
    body.exchange.answer(why);
  }

  @Override
  public boolean sweep(long now) {
    long before = now - timeout.toNanos();
    UnfinishedBody next;
    for (UnfinishedBody b = first; b != null; b = next) {
      next = b.later;
      if (!b.exchange.isOpen()) {
        unlink(b);
      } else if (b.exchange.openedNanos() - before <= 0) {
        giveUp(b, Overdue.incomplete(timeout));
      }
    }
    return first != null;
  }

  private void link(UnfinishedBody body) {
    body.listed = true;
    body.earlier = last;
    if (last == null) {
      first = body;
    } else {
      last.later = body;
    }
    last = body;
    count.setRelease(count.getPlain() + 1);
  }

  private void unlink(UnfinishedBody body) {
    body.listed = false;
    if (body.earlier == null) {
      first = body.later;
    } else {
      body.earlier.later = body.later;
    }
    if (body.later == null) {
      last = body.earlier;
    } else {
      body.later.earlier = body.earlier;
    }
    body.earlier = null; // otherwise a promoted one would keep its successors alive until a full GC
    body.later = null;
    bytes -= body.length();
    count.setRelease(count.getPlain() - 1);
  }
}
