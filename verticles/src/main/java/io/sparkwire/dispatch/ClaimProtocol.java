package io.sparkwire.dispatch;

import io.sparkwire.exchange.Exchanges;
import io.sparkwire.message.Addresses;
import io.sparkwire.message.NodeId;
import io.sparkwire.message.PendingRequest;
import io.sparkwire.message.Protocol;
import io.sparkwire.message.ServiceRequest;
import io.sparkwire.message.WireReader;
import io.sparkwire.message.WireWriter;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * Where workers ask which of the requests that they found in the history they should compute, and
 * where this node answers for its own exchanges.
 *
 * <p>All requests of one node are asked for in one message: sender, how many, and their sequence
 * numbers; the answer has the milliseconds that each has left, or {@link
 * OutstandingExchanges#DENIED}. Thread-safe.
 */
final class ClaimProtocol {

  private static final long REPLY_TIMEOUT_MILLIS = 2_000;
  private static final DeliveryOptions REPLY_TIMEOUT =
      new DeliveryOptions().setSendTimeout(REPLY_TIMEOUT_MILLIS);

  private final EventBus bus;
  private final NodeId self;
  private final OutstandingExchanges handOffs;
  private final RemoteRequests remote;
  private final Exchanges exchanges;

  ClaimProtocol(
      EventBus bus,
      NodeId self,
      OutstandingExchanges handOffs,
      RemoteRequests remote,
      Exchanges exchanges) {
    this.bus = bus;
    this.self = self;
    this.handOffs = handOffs;
    this.remote = remote;
    this.exchanges = exchanges;
  }

  /** Begins to answer; done when other nodes can ask. */
  Future<Void> open() {
    return bus.<Buffer>consumer(Addresses.claims(self), this::answer).completion();
  }

  private void answer(Message<Buffer> question) {
    WireReader in = new WireReader(question.body(), 0).checkVersion();
    NodeId by = new NodeId(in.text());
    Buffer answer = Buffer.buffer();
    WireWriter out = new WireWriter(answer);
    for (int left = in.number(); left > 0; left--) {
      long sequence = in.longNumber();
      out.number(handOffs.claim(by, sequence, exchanges.find(sequence)));
    }
    question.reply(answer);
  }

  /** Asks for all at once. A node that does not answer in time is taken to want nothing. */
  List<PendingRequest> claim(List<ServiceRequest> found) {
    Map<NodeId, List<ServiceRequest>> byNode =
        found.stream().collect(Collectors.groupingBy(request -> request.id().node()));
    byNode.remove(self); // what is held here did not wait for a history to be handed on
    List<Future<List<PendingRequest>>> asked =
        byNode.entrySet().stream().map(e -> ask(e.getKey(), e.getValue())).toList();
    await(Future.join(asked));
    return asked.stream()
        .filter(Future::succeeded)
        .flatMap(granted -> granted.result().stream())
        .toList();
  }

  private static void await(Future<?> all) {
    try {
      all.otherwiseEmpty().await(2 * REPLY_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IllegalStateException("claims were neither answered nor given up", e);
    }
  }

  private Future<List<PendingRequest>> ask(NodeId node, List<ServiceRequest> requests) {
    Buffer question = Buffer.buffer();
    WireWriter out = new WireWriter(question);
    out.small(Protocol.VERSION).text(self.text()).number(requests.size());
    requests.forEach(request -> out.number(request.id().sequence()));
    return bus.<Buffer>request(Addresses.claims(node), question, REPLY_TIMEOUT)
        .map(answer -> granted(requests, answer.body()));
  }

  private List<PendingRequest> granted(List<ServiceRequest> requests, Buffer answer) {
    WireReader in = new WireReader(answer, 0);
    List<PendingRequest> granted = new ArrayList<>();
    for (ServiceRequest request : requests) {
      long remainingMillis = in.longNumber();
      RemoteRequest revived =
          remainingMillis == OutstandingExchanges.DENIED
              ? null
              : remote.revive(request, remainingMillis);
      if (revived != null) {
        granted.add(revived);
      }
    }
    return granted;
  }
}
