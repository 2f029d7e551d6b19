package io.sparkwire.feed;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The shares of epochs that readers of a node have begun and not ended. Thread-safe. */
final class OpenEpochs {

  /** A reader that is lost with its task may never end its share. */
  private static final int MOST = 256;

  private final Map<Share, Long> began = new ConcurrentHashMap<>();

  /** The share of one reader in one epoch. */
  record Share(String service, String query, int partition, long epoch) {

    JsonObject toJson(long began) {
      return new JsonObject()
          .put("service", service)
          .put("query", query)
          .put("partition", partition)
          .put("epoch", epoch)
          .put("began", began);
    }
  }

  void begins(Share share, long now) {
    if (began.size() >= MOST) {
      began.clear();
    }
    began.put(share, now);
  }

  /** When it began; null if that is not known any more. */
  Long ends(Share share) {
    return began.remove(share);
  }

  JsonArray toJson() {
    JsonArray open = new JsonArray();
    began.forEach((share, since) -> open.add(share.toJson(since)));
    return open;
  }
}
