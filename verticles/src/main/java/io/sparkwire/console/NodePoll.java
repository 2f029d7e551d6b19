package io.sparkwire.console;

import io.sparkwire.cluster.Member;
import io.sparkwire.cluster.Node;
import io.sparkwire.message.Addresses;
import io.vertx.core.Future;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.json.JsonObject;

/** Asks a node for its status and for what it has done lately. Thread-safe. */
record NodePoll(Node asking) {

  /** Less than the time between two polls: a node that is slower than that is shown as silent. */
  private static final DeliveryOptions TIMEOUT = new DeliveryOptions().setSendTimeout(900);

  /** An answer as it has arrived. */
  record Raw(JsonObject status, JsonObject feed) {

    /** Takes a while, because histograms are compressed. */
    NodeAnswer read() {
      return NodeAnswer.of(status, feed);
    }
  }

  /**
   * The answer of a node; null if there is none in time.
   *
   * @param cursors where its last answer ended; nothing before the first
   */
  Future<Raw> ask(Member member, JsonObject cursors) {
    EventBus bus = asking.vertx().eventBus();
    Future<JsonObject> status =
        bus.<JsonObject>request(Addresses.status(member.node()), "", TIMEOUT).map(m -> m.body());
    Future<JsonObject> feed =
        bus.<JsonObject>request(Addresses.feed(member.node()), cursors, TIMEOUT).map(m -> m.body());
    return Future.all(status, feed)
        .map(both -> new Raw(status.result(), feed.result()))
        .otherwise((Raw) null);
  }
}
