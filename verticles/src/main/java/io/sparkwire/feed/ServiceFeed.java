package io.sparkwire.feed;

import io.sparkwire.exchange.ServiceObserver;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.atomic.LongAdder;

/**
 * Notes what happens to one service on a node, for the console: nothing that each request does.
 *
 * <p>Thread-safe.
 */
final class ServiceFeed implements ServiceObserver {

  private final String service;
  private final NodeEvents events;
  private final OpenEpochs epochs;
  private final LongAdder replayed;

  ServiceFeed(String service, NodeEvents events, OpenEpochs epochs, LongAdder replayed) {
    this.service = service;
    this.events = events;
    this.epochs = epochs;
    this.replayed = replayed;
  }

  private JsonObject event() {
    return new JsonObject().put("service", service);
  }

  @Override
  public void epochBegan(String query, int partition, long epoch) {
    epochs.begins(new OpenEpochs.Share(service, query, partition, epoch), events.now());
  }

  @Override
  public void epochEnded(String query, int partition, long epoch, boolean succeeded) {
    OpenEpochs.Share share = new OpenEpochs.Share(service, query, partition, epoch);
    Long began = epochs.ends(share);
    if (began != null) {
      events.add(EventKind.EPOCH, share.toJson(began).put("succeeded", succeeded));
    }
  }

  @Override
  public void replayed() {
    replayed.increment();
  }

  @Override
  public void quarantined(String request, int attempts, String cause) {
    events.add(
        EventKind.QUARANTINED,
        event()
            .put("request", request)
            .put("attempts", attempts)
            .put("cause", Texts.bounded(cause)));
  }

  @Override
  public void restarted(String cause, String message) {
    events.add(
        EventKind.RESTARTED, event().put("cause", cause).put("message", Texts.bounded(message)));
  }

  @Override
  public void switchedTo(int version) {
    events.add(EventKind.SWITCHED, event().put("version", version));
  }
}
