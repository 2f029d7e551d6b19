package io.sparkwire.feed;

import io.sparkwire.cluster.Node;
import io.sparkwire.exchange.NodeObserver;
import io.sparkwire.exchange.ServiceObserver;
import io.sparkwire.message.Addresses;
import io.sparkwire.message.RequestId;
import io.sparkwire.message.ServiceSpec;
import io.sparkwire.metrics.ServiceMetrics;
import io.sparkwire.version.Release;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * What one node has done lately: its epochs, the requests that it has quarantined, restarts,
 * switches of versions, members that came and went, and its log. It tells consoles that ask over
 * the event bus.
 *
 * <p>It keeps the latest of each kind, whether there is a console or not. Thread-safe.
 */
public final class NodeFeed implements NodeObserver {

  private final NodeEvents events;
  private final OpenEpochs epochs = new OpenEpochs();
  private final Map<String, LongAdder> replayed = new ConcurrentHashMap<>();
  private final NodeFacts facts;
  private volatile LogTail log;

  /**
   * @param clock the time of events
   */
  public NodeFeed(InstantSource clock) {
    this.events = new NodeEvents(clock);
    this.facts = new NodeFacts(Release.current().version(), clock.millis());
  }

  @Override
  public ServiceObserver of(ServiceSpec spec) {
    String service = spec.name();
    LongAdder replays = replayed.computeIfAbsent(service, name -> new LongAdder());
    return new ServiceFeed(service, events, epochs, replays);
  }

  /**
   * The payload log has a request on which the pipeline has failed.
   *
   * @param id of the request
   */
  public void failed(String service, RequestId id, byte[] body) {
    events.add(
        EventKind.PAYLOAD,
        new JsonObject()
            .put("service", service)
            .put("request", id.toString())
            .put("body", Texts.bounded(body)));
  }

  /** From now on, the lines of that log are part of it. */
  public void show(LogTail tail) {
    log = tail;
  }

  /**
   * Answers consoles from now on.
   *
   * @param readings counts and latencies of each service, by its name; called on an event loop,
   *     must not block
   */
  public void publish(Node node, Supplier<Map<String, ServiceMetrics.Reading>> readings) {
    MemberWatch.follow(node.directory(), events);
    node.vertx()
        .eventBus()
        .<JsonObject>consumer(
            Addresses.feed(node.id()),
            question -> question.reply(answer(question.body(), toJson(readings.get()))));
  }

  private static JsonObject toJson(Map<String, ServiceMetrics.Reading> readings) {
    JsonObject json = new JsonObject();
    readings.forEach((service, reading) -> json.put(service, ServiceReading.of(reading).toJson()));
    return json;
  }

  /**
   * @param asked where the last answer ended; nothing for all that is kept
   */
  private JsonObject answer(JsonObject asked, JsonObject readings) {
    JsonObject cursors = asked.copy();
    JsonObject replays = new JsonObject();
    replayed.forEach((service, count) -> replays.put(service, count.sum()));
    JsonObject answer =
        facts
            .toJson()
            .put("events", events.read(cursors))
            .put("epochs", epochs.toJson())
            .put("replayed", replays)
            .put("readings", readings)
            .put("cursors", cursors);
    LogTail tail = log;
    return tail == null ? answer : answer.put("log", tail.read(cursors));
  }
}
