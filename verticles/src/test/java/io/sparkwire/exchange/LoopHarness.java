package io.sparkwire.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sparkwire.dispatch.Dispatcher;
import io.sparkwire.dispatch.LocalDispatcher;
import io.sparkwire.message.FakePendingRequest;
import io.sparkwire.message.NodeId;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.ServiceRequest;
import io.sparkwire.message.ServiceSpec;
import io.sparkwire.message.TestSpec;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * An event loop with the exchanges of one service, under a clock that a test moves by hand.
 *
 * <p>The real timers of the loop are short and poll that clock, so time passes only when the test
 * says so.
 */
public final class LoopHarness implements AutoCloseable {

  static final Duration TIMEOUT = Duration.ofMillis(5);

  private static final NodeId NODE = new NodeId("n1");
  private static final long TIMEOUT_SECONDS = 10;

  public final Service service;
  public final Exchanges exchanges;

  /** What was sent to clients, as {@code <name> <status> <body>}. */
  public final List<String> sent = new CopyOnWriteArrayList<>();

  /** Starts so that deadlines lie beyond the largest long, as nothing forbids a clock to do. */
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1);

  private final Vertx vertx =
      Vertx.vertx(new VertxOptions().setUseDaemonThread(true).setEventLoopPoolSize(1));
  private final Context context = vertx.getOrCreateContext();
  private final ExchangeQueue queue;
  private final Dispatcher dispatcher;

  public LoopHarness() {
    this(TIMEOUT);
  }

  public LoopHarness(Duration timeout) {
    this(timeout, ServiceObserver.NONE);
  }

  public LoopHarness(Duration timeout, ServiceObserver observer) {
    service = new Service(spec(timeout), observer);
    exchanges = new Exchanges(NODE, now::get);
    queue = exchanges.queue(service, new ExchangeLoop(context));
    dispatcher = new LocalDispatcher(vertx.eventBus(), NODE, exchanges);
  }

  private static ServiceSpec spec(Duration timeout) {
    return TestSpec.of("s").maxInFlight(10_000).timeout(timeout).build();
  }

  public static ServiceReply reply(String text) {
    return ServiceReply.ok("text/plain", text.getBytes(StandardCharsets.UTF_8));
  }

  /** The dispatcher of the node, which is by itself. */
  public Dispatcher dispatcher() {
    return dispatcher;
  }

  public Context context() {
    return context;
  }

  public long nanoTime() {
    return now.get();
  }

  public void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }

  /** Runs an action on the event loop and waits for it. */
  <T> T onLoop(Supplier<T> action) {
    CompletableFuture<T> result = new CompletableFuture<>();
    context.runOnContext(v -> result.completeAsync(action, Runnable::run));
    try {
      return result.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("the event loop did not do it", e);
    }
  }

  public void runOnLoop(Runnable action) {
    onLoop(
        () -> {
          action.run();
          return null;
        });
  }

  /** Opens an exchange whose client is known to {@link #sent} by a name, and has said nothing. */
  public Exchange open(String name) {
    return open(
        reply ->
            sent.add(
                name
                    + " "
                    + reply.status()
                    + " "
                    + new String(reply.body(), StandardCharsets.UTF_8)));
  }

  /** Opens one whose client gets all of its reply at once. */
  public Exchange open(Consumer<ServiceReply> client) {
    return openWriting(
        reply -> {
          client.accept(reply);
          return Future.succeededFuture();
        });
  }

  /** Opens one whose client has not sent all. */
  Exchange openWithoutRoom() {
    return onLoop(() -> queue.open(reply -> Future.succeededFuture()));
  }

  Exchange openWriting(Responder responder) {
    return onLoop(
        () -> {
          Exchange exchange = queue.open(responder);
          if (exchange.admit() != Admission.ADMITTED) {
            throw new AssertionError("not admitted");
          }
          return exchange;
        });
  }

  /** The client of an exchange has said all. */
  public Exchange received(Exchange exchange) {
    return received(exchange, new byte[0]);
  }

  /** The same with that body. */
  public Exchange received(Exchange exchange, byte[] body) {
    ServiceRequest whole = FakePendingRequest.with(exchange.sequence(), body).request();
    runOnLoop(() -> exchange.received(whole));
    return exchange;
  }

  /** Hands a complete request off to the intake that {@link #dispatcher} knows. */
  public Exchange handOff(Exchange exchange) {
    runOnLoop(() -> dispatcher.to(service.spec().name()).accept(exchange));
    return exchange;
  }

  /** Waits until exactly one answer was sent, whose text begins and goes on like this. */
  public void awaitOnly(String begin, String... parts) {
    await()
        .atMost(Duration.ofSeconds(TIMEOUT_SECONDS))
        .untilAsserted(
            () -> assertThat(sent).singleElement().asString().startsWith(begin).contains(parts));
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
