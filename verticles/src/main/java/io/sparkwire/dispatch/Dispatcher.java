package io.sparkwire.dispatch;

import io.sparkwire.cluster.Node;
import io.sparkwire.exchange.Exchanges;
import io.sparkwire.exchange.HandOff;
import io.sparkwire.message.FailureCode;
import io.sparkwire.message.PendingRequest;
import io.sparkwire.message.RequestId;
import io.sparkwire.message.RowId;
import io.sparkwire.message.ServiceFailure;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.ServiceRequest;
import io.vertx.core.eventbus.MessageConsumer;

/**
 * The way of requests from exchanges to intakes, and of replies back, over the event bus.
 *
 * <p>Thread-safe.
 */
public interface Dispatcher {

  /** The dispatcher of a node: one that knows other nodes, if it has joined any. */
  static Dispatcher of(Node node, Exchanges exchanges) {
    return node.vertx().isClustered()
        ? ClusterDispatcher.start(node, exchanges)
        : new LocalDispatcher(node.vertx().eventBus(), node.id(), exchanges);
  }

  /**
   * A request that this node holds or computes, by its id.
   *
   * @return null if it has ended, or is here no more
   */
  ServiceRequest find(RequestId id);

  /** Where the requests of a service go. */
  HandOff to(String service);

  /**
   * Registers this node's intake of a service.
   *
   * @param intake must take every request or say that it does not, without blocking
   */
  MessageConsumer<?> take(String service, LocalIntake intake);

  /**
   * Answers a request, wherever its exchange is held.
   *
   * @return false if it is known to have ended before
   */
  boolean answer(RequestId id, ServiceReply reply);

  /**
   * Answers one row of a request; a request that is a row by itself has its answer then.
   *
   * @return false if it is known to have an answer already
   */
  boolean answer(RowId row, ServiceReply reply);

  /**
   * The pipeline has left out one row of a request.
   *
   * @param leftOut what the request gets if none of its rows has a reply
   */
  void leaveOut(RowId row, ServiceReply leftOut);

  /** The nodes that this one shares its work with; {@link Neighbours#NONE} if it is by itself. */
  Neighbours neighbours();

  /** Refuses a request for which there is no room. */
  static void refuse(PendingRequest request) {
    String detail = "the intake of '" + request.request().service() + "' is full; try again later";
    request.answer(ServiceFailure.of(FailureCode.OVERLOADED, detail).toReply());
  }
}
