package io.sparkwire.dispatch;

import io.sparkwire.dispatch.Notice.Kind;
import io.sparkwire.exchange.RemoteTimes;
import io.sparkwire.exchange.ServiceObserver;
import io.sparkwire.message.NodeId;
import io.sparkwire.message.PendingRequest;
import io.sparkwire.message.RequestId;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.ServiceRequest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * All requests of other nodes that this worker has and has not answered, found by their ids.
 *
 * <p>Thread-safe.
 */
final class RemoteRequests {

  private final Notifier notifier;
  private final LongSupplier nanoTime;
  private final Function<String, ServiceObserver> observers;
  private final Map<RequestId, RemoteRequest> open = new ConcurrentHashMap<>();

  /**
   * @param nanoTime the clock of {@link System#nanoTime}
   * @param observers what follows a service, by its name
   */
  RemoteRequests(
      Notifier notifier, LongSupplier nanoTime, Function<String, ServiceObserver> observers) {
    this.notifier = notifier;
    this.nanoTime = nanoTime;
    this.observers = observers;
  }

  long nanoTime() {
    return nanoTime.getAsLong();
  }

  /**
   * Takes in what another node has handed off, or sends it a notice that there is no room.
   *
   * <p>Its reply, or {@link #check} if there is none yet, lets the other node know that it was
   * taken. A request that is here already is not taken twice. Runs on: event loop.
   *
   * @param intake null if the service is not computed here any more
   */
  void receive(HandOffMessage handOff, LocalIntake intake) {
    RequestId id = handOff.request().id();
    if (intake == null) {
      sendNotice(id, Kind.RETURNED);
      return;
    }
    RemoteRequest request = pending(handOff.request(), handOff.remainingMillis());
    RemoteRequest known = open.putIfAbsent(id, request);
    if (known != null) {
      accept(known);
    } else if (!intake.offer(request)) {
      open.remove(id, request);
      sendNotice(id, Kind.FULL);
    }
  }

  private RemoteRequest pending(ServiceRequest request, long remainingMillis) {
    long now = nanoTime();
    long deadline = now + TimeUnit.MILLISECONDS.toNanos(remainingMillis);
    return new RemoteRequest(this, request, now, deadline, observers.apply(request.service()));
  }

  private void accept(RemoteRequest request) {
    request.accepted();
    sendNotice(request.request().id(), Kind.ACCEPTED);
  }

  /**
   * Takes in what was found in the history and is still wanted.
   *
   * @return null if it is here already
   */
  RemoteRequest revive(ServiceRequest found, long remainingMillis) {
    RemoteRequest request = pending(found, remainingMillis);
    if (open.putIfAbsent(found.id(), request) != null) {
      return null;
    }
    observers.apply(found.service()).replayed();
    return request;
  }

  /** The request of that id; null if it is not here, or has ended. */
  ServiceRequest find(RequestId id) {
    RemoteRequest request = open.get(id);
    return request == null ? null : request.request();
  }

  private void sendNotice(RequestId id, Kind kind) {
    notifier.send(id.node(), Notice.of(kind, id.sequence()));
  }

  /**
   * Answers a request of another node; if it is not here, for the worker that has it.
   *
   * @return false if it is known to have ended before
   */
  boolean answer(RequestId id, ServiceReply reply) {
    RemoteRequest request = open.get(id);
    if (request != null) {
      return request.answer(reply);
    }
    notifier.send(id.node(), Notice.reply(id.sequence(), reply, null));
    return true;
  }

  void answered(RemoteRequest request, ServiceReply reply, RemoteTimes times) {
    RequestId id = request.request().id();
    open.remove(id, request);
    notifier.send(id.node(), Notice.reply(id.sequence(), reply, times));
  }

  void rowsEnded(RemoteRequest request, ServiceReply leftOut) {
    RequestId id = request.request().id();
    notifier.send(id.node(), Notice.rowsEnded(id.sequence(), leftOut));
  }

  /** The node that holds the exchange says that no client waits any more. */
  void finished(RequestId id) {
    RemoteRequest request = open.remove(id);
    if (request != null) {
      request.end();
    }
  }

  /** Gives a request back to the node that sent it, if it is one of these. */
  void giveBack(PendingRequest request) {
    RequestId id = request.request().id();
    RemoteRequest known = open.get(id);
    if (known == request && known.end()) {
      open.remove(id, known);
      sendNotice(id, Kind.RETURNED);
    }
  }

  /** Gives all requests for a service back to the nodes that sent them. */
  void giveBack(String service) {
    endAll(request -> request.request().service().equals(service) && request.end(), Kind.RETURNED);
  }

  /** A node has left, and no client waits for what it sent. */
  void left(NodeId node) {
    endAll(request -> request.request().id().node().equals(node) && request.end(), null);
  }

  /**
   * Sends notices of what has arrived since the last call, and forgets what is past its deadline.
   * To be called several times within {@link WorkerAssignment#ACCEPT_NANOS}.
   */
  void check() {
    endAll(request -> request.isOverdue() && request.end(), null);
    open.values().stream().filter(RemoteRequest::isUnannounced).forEach(this::accept);
  }

  private void endAll(Predicate<RemoteRequest> ended, Kind notice) {
    open.values()
        .removeIf(
            request -> {
              boolean hasEnded = ended.test(request);
              if (hasEnded && notice != null) {
                sendNotice(request.request().id(), notice);
              }
              return hasEnded;
            });
  }

  int size() {
    return open.size();
  }
}
