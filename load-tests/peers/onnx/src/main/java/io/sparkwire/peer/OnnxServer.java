package io.sparkwire.peer;

import ai.onnxruntime.OrtException;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;

/**
 * ONNX Runtime behind Vert.x with an event loop for each core: the limit for a server that runs a
 * network once for each request.
 *
 * <p>{@code /loop} does all on the event loop; {@code /workers} on as many worker threads as there
 * are cores. Runs on: event loop, all but {@link #main} and {@link #answer}.
 */
public final class OnnxServer extends VerticleBase {
  private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
  private static final int CORES = Runtime.getRuntime().availableProcessors();

  private final int port;
  private final ThreadLocal<JsonNetwork> networks;
  private WorkerExecutor workers;

  private OnnxServer(int port, Network network) {
    this.port = port;
    this.networks = ThreadLocal.withInitial(() -> new JsonNetwork(network));
  }

  /** Takes the port, the file of the network, and how many threads compute one run. */
  public static void main(String[] args) throws OrtException {
    int port = Integer.parseInt(args[0]);
    Network network = Network.load(args[1], Integer.parseInt(args[2]));
    Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(CORES))
        .deployVerticle(
            () -> new OnnxServer(port, network), new DeploymentOptions().setInstances(CORES))
        .toCompletionStage()
        .toCompletableFuture()
        .join();
  }

  @Override
  public Future<?> start() {
    workers = vertx.createSharedWorkerExecutor("network", CORES);
    return vertx
        .createHttpServer(
            new HttpServerOptions().setHost("127.0.0.1").setPort(port).setTcpNoDelay(true))
        .requestHandler(request -> request.bodyHandler(body -> route(request, body)))
        .listen();
  }

  private void route(HttpServerRequest request, Buffer body) {
    if (request.path().equals("/workers")) {
      workers
          .executeBlocking(() -> answer(body), false)
          .onSuccess(reply -> reply(request, reply))
          .onFailure(cause -> fail(request, cause));
      return;
    }
    try {
      reply(request, answer(body));
    } catch (Exception e) {
      fail(request, e);
    }
  }

  /** Runs on: event loop or worker. */
  private byte[] answer(Buffer body) throws Exception {
    return networks.get().answer(body.getBytes());
  }

  private static void reply(HttpServerRequest request, byte[] reply) {
    request.response().putHeader(HttpHeaders.CONTENT_TYPE, JSON).end(Buffer.buffer(reply));
  }

  private static void fail(HttpServerRequest request, Throwable cause) {
    request.response().setStatusCode(500).end(cause.toString());
  }
}
