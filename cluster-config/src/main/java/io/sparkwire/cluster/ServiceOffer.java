package io.sparkwire.cluster;

import io.sparkwire.message.NodeId;
import io.sparkwire.message.ServiceSpec;
import io.vertx.core.json.JsonObject;

/**
 * What one worker says of one service that it computes. Immutable.
 *
 * @param capacity how many requests its intake holds; 0 if no reader takes them at the moment
 */
public record ServiceOffer(NodeId node, ServiceSpec spec, int capacity) {

  private static final int VERSION = 2;

  /** Its text in the directory: JSON, with a version. */
  String toText() {
    return new JsonObject()
        .put("version", VERSION)
        .put("node", node.text())
        .put("capacity", capacity)
        .put("service", ServiceSpecJson.write(spec))
        .encode();
  }

  /**
   * Reads that text.
   *
   * @throws IllegalArgumentException if it is of another version
   */
  static ServiceOffer parse(String text) {
    JsonObject json = new JsonObject(text);
    Object version = json.getValue("version");
    if (!Integer.valueOf(VERSION).equals(version)) {
      throw new IllegalArgumentException(
          "this node reads offers of version "
              + VERSION
              + ", got version "
              + version
              + "; run the same release on all nodes of a cluster");
    }
    return new ServiceOffer(
        new NodeId(json.getString("node")),
        ServiceSpecJson.read(json.getJsonObject("service")),
        json.getInteger("capacity"));
  }

  /** Whether readers take requests there now; if not, others are asked first. */
  public boolean isRead() {
    return capacity > 0;
  }
}
