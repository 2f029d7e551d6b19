package io.sparkwire.retention;

import io.sparkwire.cluster.Member;
import io.sparkwire.cluster.Node;
import io.sparkwire.exchange.DetachedExchanges;
import io.sparkwire.exchange.ExchangeLoop;
import io.sparkwire.exchange.Exchanges;
import io.sparkwire.exchange.Service;
import io.sparkwire.message.FailureCode;
import io.sparkwire.message.NodeId;
import io.sparkwire.message.ServiceFailure;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.replystore.ReplyStore;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * The event loop of all exchanges that a node has opened for kept requests: they belong to no
 * connection. Thread-safe.
 */
final class DetachedLoop {

  private final Node node;
  private final Exchanges exchanges;
  private final Context context;
  private final ExchangeLoop loop;
  private final ReplyStore replies;

  DetachedLoop(Node node, Exchanges exchanges) {
    this.node = node;
    this.exchanges = exchanges;
    this.context = node.vertx().getOrCreateContext();
    this.loop = new ExchangeLoop(context);
    this.replies = node.keptReplies();
  }

  Context context() {
    return context;
  }

  ReplyStore replies() {
    return replies;
  }

  NodeId self() {
    return node.id();
  }

  /** Whether the node of that name has left. */
  boolean hasLeft(String holder) {
    return node.directory().members().stream()
        .map(Member::node)
        .noneMatch(member -> member.text().equals(holder));
  }

  /** The outcome of a stage, as a future on this event loop. */
  <T> Future<T> on(CompletionStage<T> stage) {
    return Future.fromCompletionStage(stage, context);
  }

  /** Exchanges of a service on this event loop. */
  DetachedExchanges exchanges(Service service, Duration timeout) {
    return new DetachedExchanges(exchanges, service, loop, timeout);
  }

  /** The reply to a client if the reply store cannot be reached. */
  static ServiceReply unreachable() {
    return ServiceFailure.of(
            FailureCode.UNAVAILABLE, "the node could not reach its kept replies; try again later")
        .toReply();
  }
}
