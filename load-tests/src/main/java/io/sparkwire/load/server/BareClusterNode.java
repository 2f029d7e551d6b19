package io.sparkwire.load.server;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;

/**
 * One of two nodes of a Vert.x cluster with nothing behind it: the limit of what requests that are
 * answered by another node can reach.
 *
 * <p>Its route sends the body over the event bus to the node that echoes, and replies with what it
 * gets. Runs on: event loop, all but {@link #main}.
 */
final class BareClusterNode {
  static final String ROUTE = "/cluster";

  private static final String HOST = "127.0.0.1";
  private static final String ADDRESS = "echo";
  private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
  private static final int SERVER_ERROR = 500;
  private static final int ARGUMENTS = 4;

  private final Vertx vertx;

  private BareClusterNode(Vertx vertx) {
    this.vertx = vertx;
  }

  /**
   * Serves until it is killed.
   *
   * @param args the HTTP port, its own port in the cluster, that of the other node, and {@code
   *     echo} or {@code ask}
   */
  public static void main(String[] args) {
    if (args.length != ARGUMENTS) {
      System.err.println("Usage: BareClusterNode PORT CLUSTER-PORT OTHER-CLUSTER-PORT echo|ask");
      System.exit(2);
    }
    Config config = config(Integer.parseInt(args[1]), Integer.parseInt(args[2]));
    VertxOptions options =
        new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(1);
    options.getEventBusOptions().setHost(HOST);
    Vertx vertx =
        Vertx.builder()
            .with(options)
            .withClusterManager(new HazelcastClusterManager(config))
            .buildClustered()
            .await();
    if (args[3].equals("echo")) {
      vertx.eventBus().<Buffer>consumer(ADDRESS, m -> m.reply(m.body())).completion().await();
    }
    new BareClusterNode(vertx).listen(Integer.parseInt(args[0]));
  }

  private static Config config(int port, int other) {
    Config config = new Config().setClusterName("bare-" + Math.min(port, other));
    config.getNetworkConfig().setPort(port).setPortAutoIncrement(false);
    config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface(HOST);
    JoinConfig join = config.getNetworkConfig().getJoin();
    join.getAutoDetectionConfig().setEnabled(false);
    join.getMulticastConfig().setEnabled(false);
    join.getTcpIpConfig().setEnabled(true).addMember(HOST + ':' + other);
    return config;
  }

  private void listen(int port) {
    vertx
        .createHttpServer(new HttpServerOptions().setHost(HOST).setPort(port).setTcpNoDelay(true))
        .requestHandler(request -> request.bodyHandler(body -> ask(request, body)))
        .listen()
        .await();
    System.out.println("Listening on " + HOST + ':' + port);
  }

  private void ask(HttpServerRequest request, Buffer body) {
    vertx
        .eventBus()
        .<Buffer>request(ADDRESS, body)
        .onSuccess(
            reply -> request.response().putHeader(HttpHeaders.CONTENT_TYPE, JSON).end(reply.body()))
        .onFailure(cause -> request.response().setStatusCode(SERVER_ERROR).end());
  }
}
