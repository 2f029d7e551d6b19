package io.sparkwire.retention;

import io.sparkwire.exchange.DetachedExchanges;
import io.sparkwire.exchange.Exchange;
import io.sparkwire.exchange.HandOff;
import io.sparkwire.exchange.Service;
import io.sparkwire.log.Event;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.ServiceRequest;
import io.sparkwire.replystore.ReplyStore;
import io.sparkwire.replystore.StoredReply;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The asynchronous requests of one service on one node: each is kept before its client gets the
 * address of the reply, and then continues in an exchange of its own.
 *
 * <p>Any node that serves the service can report on it, and takes it over when the node that
 * computed it has left. Thread-safe.
 */
final class AsyncRequests implements HandOff {

  /** Between the path of a service and the name of one of its requests. */
  static final String PLACE = "/.requests/";

  /** A request that so many nodes had when they were lost may be the reason. */
  static final int MOST_LOST = 3;

  private static final Logger LOG = LoggerFactory.getLogger(AsyncRequests.class);
  private static final int UNAVAILABLE = 503;

  private final Service service;
  private final DetachedLoop loop;
  private final DetachedExchanges detached;
  private final HandOff next;
  private final Supplier<String> names;

  /**
   * @param names gives every request an unguessable name
   */
  AsyncRequests(Service service, DetachedLoop loop, HandOff next, Supplier<String> names) {
    this.service = service;
    this.loop = loop;
    this.detached = loop.exchanges(service, service.spec().retention().asyncTimeout());
    this.next = next;
    this.names = names;
  }

  @Override
  public void accept(Exchange exchange) {
    if (!Preference.asksForAsync(exchange.request().headers())) {
      next.accept(exchange);
      return;
    }
    exchange.handOverRoom();
    ServiceRequest request = exchange.request();
    String name = names.get();
    String key = key(name + Clients.suffix(request.headers()));
    StoredReply running = StoredReply.running(loop.self(), request);
    loop.on(loop.replies().change(key, ReplyStore.NEW, running, timeOfRunning()))
        .onSuccess(
            kept -> {
              exchange.answer(AsyncReplies.accepted(location(request.uri(), name)));
              compute(key, running, request);
            })
        .onFailure(
            e -> {
              Event.REPLY_STORE_FAILED.warn(LOG, e, "an asynchronous request could not be kept");
              detached.leave();
              exchange.answer(DetachedLoop.unreachable());
            });
  }

  String prefix() {
    return service.spec().name() + "/request/";
  }

  private String key(String name) {
    return prefix() + name;
  }

  private Duration timeOfRunning() {
    return service.spec().retention().asyncTimeout().plus(service.spec().retention().async());
  }

  /**
   * Where the request of that name is, on whatever host the client has asked.
   *
   * @param uri of the first request: a path, or an absolute URI, whose host is not taken over; nor
   *     is one that two slashes would make of a path
   */
  static String location(String uri, String name) {
    int query = uri.indexOf('?');
    String path = query < 0 ? uri : uri.substring(0, query);
    path = path.replaceFirst("^[A-Za-z]+://[^/]*", "").replaceFirst("^/+", "/");
    return (path.endsWith("/") ? path.substring(0, path.length() - 1) : path) + PLACE + name;
  }

  private void compute(String key, StoredReply running, ServiceRequest request) {
    Exchange exchange = detached.open(request, reply -> keep(key, running, reply));
    exchange.takeRoom();
    next.accept(exchange);
  }

  /** Keeps the reply; a service that stops here leaves the request to another node. */
  private void keep(String key, StoredReply running, ServiceReply reply) {
    boolean stopping = reply.status() == UNAVAILABLE && service.isStopping();
    StoredReply last = stopping ? running.released() : running.answered(reply);
    Duration time = stopping ? timeOfRunning() : service.spec().retention().async();
    loop.on(loop.replies().change(key, running.holder(), last, time))
        .onFailure(
            e -> Event.REPLY_NOT_KEPT.warn(LOG, e, "the reply to {} could not be kept", key));
  }

  /**
   * The reply to the request of that name, or what is to be said in its place.
   *
   * @param name with what distinguishes its client
   */
  Future<ServiceReply> find(String name) {
    return loop.on(loop.replies().find(key(name))).map(kept -> reply(key(name), kept));
  }

  private ServiceReply reply(String key, StoredReply kept) {
    if (kept == null) {
      return AsyncReplies.unknown();
    }
    if (kept.isAnswered()) {
      return kept.readReply();
    }
    takeOver(key, kept);
    return AsyncReplies.running();
  }

  /** Forgets the request of that name; if it is still being computed, its reply is dropped. */
  Future<ServiceReply> forget(String name) {
    return loop.on(loop.replies().forget(key(name)))
        .map(found -> found ? AsyncReplies.forgotten() : AsyncReplies.unknown());
  }

  /** Takes over a request of a node that is lost, unless another has. */
  void takeOver(String key) {
    loop.on(loop.replies().find(key))
        .onSuccess(
            kept -> {
              if (kept != null && !kept.isAnswered()) {
                takeOver(key, kept);
              }
            })
        .onFailure(e -> Event.TAKE_OVER_FAILED.warn(LOG, e, "{} could not be taken over", key));
  }

  private void takeOver(String key, StoredReply left) {
    if (service.isStopping() || !loop.hasLeft(left.holder())) {
      return;
    }
    StoredReply mine = left.takenOver(loop.self());
    loop.on(loop.replies().change(key, left.holder(), mine, timeOfRunning()))
        .onSuccess(
            claimed -> {
              if (claimed.done()) {
                resume(key, mine);
              }
            })
        .onFailure(e -> Event.TAKE_OVER_FAILED.warn(LOG, e, "{} could not be taken over", key));
  }

  private void resume(String key, StoredReply mine) {
    if (mine.losses() >= MOST_LOST) {
      keep(key, mine, AsyncReplies.givenUp(mine.losses()));
      return;
    }
    Event.REQUEST_TAKEN_OVER.info(
        LOG, "taking over asynchronous request {}, whose node has left", key);
    detached.admitAnyway();
    compute(key, mine, mine.readRequest());
  }
}
