package io.sparkwire.retention;

import io.sparkwire.exchange.DetachedExchanges;
import io.sparkwire.exchange.Exchange;
import io.sparkwire.exchange.HandOff;
import io.sparkwire.exchange.Service;
import io.sparkwire.log.Event;
import io.sparkwire.message.FailureCode;
import io.sparkwire.message.ServiceFailure;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.ServiceRequest;
import io.sparkwire.replystore.ReplyStore;
import io.sparkwire.replystore.ReplyStore.Outcome;
import io.sparkwire.replystore.StoredReply;
import io.vertx.core.AsyncResult;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The hand-off of a service's requests with an {@code Idempotency-Key}: the first with a key is
 * computed, all others get its one reply.
 *
 * <p>The first continues in an exchange of its own, which a client that hangs up does not end. Its
 * reply is kept before any client gets it. Where it has none, because it was refused, too slow, or
 * lost with the node that held it, the next one is the first again. Thread-safe.
 */
final class IdempotentRequests implements HandOff {

  private static final Logger LOG = LoggerFactory.getLogger(IdempotentRequests.class);
  private static final Duration GRACE = Duration.ofSeconds(10);
  private static final int FIRST_SERVER_ERROR = 500;
  private static final int TOO_MANY_REQUESTS = 429;

  private final Service service;
  private final DetachedLoop loop;
  private final DetachedExchanges detached;
  private final HandOff next;

  IdempotentRequests(Service service, DetachedLoop loop, HandOff next) {
    this.service = service;
    this.loop = loop;
    this.detached = loop.exchanges(service, service.spec().limits().timeout());
    this.next = next;
  }

  /** A request with a key, which owns its room. */
  private record Call(Exchange exchange, ServiceRequest request, String key, StoredReply running) {}

  @Override
  public void accept(Exchange exchange) {
    if (!IdempotencyKey.isGiven(exchange.request().headers())) {
      next.accept(exchange);
      return;
    }
    String key = IdempotencyKey.of(exchange.request().headers());
    if (key == null) {
      exchange.answer(unreadable());
      return;
    }
    exchange.handOverRoom();
    ServiceRequest request = exchange.request(); // its exchange may end before it is computed
    StoredReply running = StoredReply.running(loop.self(), Fingerprint.of(request));
    String name = service.spec().name() + "/key/" + key + Clients.suffix(request.headers());
    claim(new Call(exchange, request, name, running), ReplyStore.NEW);
  }

  private void claim(Call call, String holder) {
    Duration time = service.spec().limits().timeout().plus(GRACE); // by then it has ended
    loop.on(loop.replies().change(call.key(), holder, call.running(), time))
        .onComplete(claimed -> judge(call, claimed));
  }

  private void judge(Call call, AsyncResult<Outcome> claimed) {
    if (claimed.failed()) {
      Event.REPLY_STORE_FAILED.warn(
          LOG, claimed.cause(), "an idempotency key could not be looked up");
      end(call, DetachedLoop.unreachable());
    } else if (claimed.result().done()) {
      compute(call);
    } else if (claimed.result().found() == null) {
      claim(call, ReplyStore.NEW);
    } else {
      repeat(call, claimed.result().found());
    }
  }

  private void repeat(Call call, StoredReply first) {
    if (!first.fingerprint().equals(call.running().fingerprint())) {
      end(call, reused());
    } else if (first.isAnswered()) {
      end(call, first.readReply());
    } else if (loop.hasLeft(first.holder())) {
      claim(call, first.holder());
    } else {
      end(call, running());
    }
  }

  private void end(Call call, ServiceReply reply) {
    detached.leave();
    call.exchange().answer(reply);
  }

  private void compute(Call call) {
    Exchange exchange = detached.open(call.request(), reply -> keep(call, reply));
    exchange.takeRoom();
    next.accept(exchange);
  }

  /** Keeps a reply, or forgets the key if another try might get a better one. */
  private void keep(Call call, ServiceReply reply) {
    StoredReply last = isFinal(reply) ? call.running().answered(reply) : null;
    Duration time = service.spec().retention().idempotency();
    loop.on(loop.replies().change(call.key(), call.running().holder(), last, time))
        .onFailure(e -> Event.REPLY_NOT_KEPT.warn(LOG, e, "a reply could not be kept"))
        .onComplete(kept -> call.exchange().answer(theOne(reply, kept)));
  }

  private static boolean isFinal(ServiceReply reply) {
    return reply.status() < FIRST_SERVER_ERROR && reply.status() != TOO_MANY_REQUESTS;
  }

  /** If this node was given up meanwhile, and another has answered, all get that reply. */
  private static ServiceReply theOne(ServiceReply reply, AsyncResult<Outcome> kept) {
    StoredReply other = kept.succeeded() ? kept.result().found() : null;
    return other != null && other.isAnswered() ? other.readReply() : reply;
  }

  private static ServiceReply unreadable() {
    return ServiceFailure.of(
            FailureCode.BAD_IDEMPOTENCY_KEY,
            "the Idempotency-Key must be one string in quotes, of visible ASCII characters and"
                + " blanks, and of "
                + IdempotencyKey.MOST_CHARACTERS
                + " characters at most")
        .toReply();
  }

  private static ServiceReply running() {
    return ServiceFailure.of(
            FailureCode.REQUEST_RUNNING,
            "the first request with this Idempotency-Key is still running; try again later")
        .toReply();
  }

  private static ServiceReply reused() {
    return ServiceFailure.of(
            FailureCode.IDEMPOTENCY_KEY_REUSED,
            "another request had this Idempotency-Key; give each request a key of its own")
        .toReply();
  }
}
