package io.sparkwire.exchange;

import io.sparkwire.message.RequestId;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The open exchanges of one service on one event loop, in the order of their deadlines.
 *
 * <p>All have the same time-out, so the order is that of their arrival, and a doubly linked list
 * gives entry and exit in constant time. One timer at most is armed. Runs on: event loop, but for
 * {@link #answered}. Not thread-safe.
 */
public final class ExchangeQueue {

  private final Service service;
  private final ExchangeLoop loop;
  private final Exchanges exchanges;
  private final LongSupplier nanoTime;
  private final Duration timeout;
  private Exchange first;
  private Exchange last;
  private boolean armed;

  ExchangeQueue(
      Service service,
      ExchangeLoop loop,
      Exchanges exchanges,
      LongSupplier nanoTime,
      Duration timeout) {
    this.service = service;
    this.loop = loop;
    this.exchanges = exchanges;
    this.nanoTime = nanoTime;
    this.timeout = timeout;
  }

  Duration timeout() {
    return timeout;
  }

  public Service service() {
    return service;
  }

  LongSupplier nanoTime() {
    return nanoTime;
  }

  /** The admission that a request would get now. A refusal is counted. */
  public Admission prospect() {
    return service.prospect();
  }

  /** The id of one of its exchanges. */
  public RequestId id(Exchange exchange) {
    return exchanges.id(exchange);
  }

  /** Opens an exchange that no connection waits for, otherwise the same as the other one. */
  public Exchange open(Responder responder) {
    return open(null, responder);
  }

  /** Opens an exchange without a room, which then ends by itself at the time-out. */
  public Exchange open(HttpServerRequest http, Responder responder) {
    long deadline = nanoTime.getAsLong() + timeout.toNanos();
    Exchange exchange = new Exchange(this, exchanges.nextSequence(), deadline, http, responder);
    exchange.earlier = last;
    if (last == null) {
      first = exchange;
    } else {
      last.later = exchange;
    }
    last = exchange;
    exchanges.add(exchange);
    service.observer().exchanges().opened(exchange);
    if (!armed) {
      arm();
    }
    return exchange;
  }

  void answered(Exchange exchange) {
    loop.answered(exchange);
  }

  /** A reply could not be written at once: until it is, its request counts as one in flight. */
  void waitFor(Future<Void> written) {
    service.beginsWaiting();
    exchanges.beginsWaiting();
    written.onComplete(
        done -> {
          exchanges.endsWaiting();
          service.endsWaiting(done.succeeded());
        });
  }

  void remove(Exchange exchange) {
    exchanges.remove(exchange);
    if (exchange.earlier == null) {
      first = exchange.later;
    } else {
      exchange.earlier.later = exchange.later;
    }
    if (exchange.later == null) {
      last = exchange.earlier;
    } else {
      exchange.later.earlier = exchange.earlier;
    }
    // Unlink, otherwise a promoted exchange would keep its successors alive until a full GC.
    exchange.earlier = null;
    exchange.later = null;
  }

  private void arm() {
    armed = true;
    long millis = (first.deadlineNanos() - nanoTime.getAsLong()) / 1_000_000 + 1;
    loop.vertx().setTimer(Math.max(1, millis), timer -> expireDue());
  }

  private void expireDue() {
    armed = false;
    long now = nanoTime.getAsLong();
    for (Exchange e = first; e != null && e.deadlineNanos() - now <= 0; e = e.later) {
      e.expire();
    }
    if (first != null) {
      arm();
    }
  }
}
