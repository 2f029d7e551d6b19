package io.sparkwire.cluster;

import io.sparkwire.protocol.NodeId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;

/**
 * One member of the serving cluster: one Vert.x instance and its name.
 *
 * <p>Its threads are daemons, so a program that forgets to stop it can still end. Thread-safe.
 */
public record Node(NodeId id, Vertx vertx, NodeOptions options) {

  /** Starts a node that is a cluster of its own. */
  public static Node embedded(NodeId id, NodeOptions options) {
    VertxOptions vertx =
        new VertxOptions()
            .setPreferNativeTransport(true)
            .setUseDaemonThread(true)
            .setEventLoopPoolSize(options.eventLoops());
    return new Node(id, Vertx.vertx(vertx), options);
  }

  public Future<Void> stop() {
    return vertx.close();
  }
}
