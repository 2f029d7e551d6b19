package io.sparkwire.control;

import io.sparkwire.cluster.Node;
import io.sparkwire.intake.NodeDuties;
import io.sparkwire.message.Addresses;
import io.sparkwire.thread.DaemonThreads;
import io.vertx.core.Future;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The handler of driver commands in an executor's node: it obeys its own driver only.
 *
 * <p>Runs on: event loop; it carries commands out on threads of its own, because those of Vert.x
 * must not wait for other futures. Thread-safe.
 */
final class CommandHandler {

  private static final Logger LOG = LoggerFactory.getLogger(CommandHandler.class);

  /** More than the driver's queries can send at once; further ones fail, and are sent again. */
  private static final int MOST_THREADS = 256;

  static final int NOT_MY_DRIVER = 1;
  static final int FAILED = 2;

  private final Node node;
  private final NodeDuties part;
  private final Function<String, ServiceControl> services;
  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          0,
          MOST_THREADS,
          1,
          TimeUnit.MINUTES,
          new SynchronousQueue<>(),
          DaemonThreads.named("sparkwire-commands"));

  CommandHandler(Node node, NodeDuties part, Function<String, ServiceControl> services) {
    this.node = node;
    this.part = part;
    this.services = services;
  }

  /** Begins to take commands; done when the driver's can arrive. */
  Future<Void> open() {
    return node.vertx()
        .eventBus()
        .<JsonObject>consumer(Addresses.commands(node.id()), this::taken)
        .completion();
  }

  private void taken(Message<JsonObject> message) {
    JsonObject command = message.body();
    if (!part.driver().text().equals(command.getString(DriverCommand.DRIVER))) {
      message.fail(NOT_MY_DRIVER, "this node belongs to driver " + part.driver());
      return;
    }
    threads.execute(() -> carryOut(command, message));
  }

  private void carryOut(JsonObject command, Message<JsonObject> message) {
    JsonObject result = new JsonObject();
    try {
      ServiceControl service = services.apply(command.getString(DriverCommand.SERVICE));
      DriverCommand.valueOf(command.getString(DriverCommand.COMMAND))
          .carryOut(service, command, result);
      message.reply(result);
    } catch (RuntimeException e) {
      LOG.debug("command {} could not be carried out", command.getString(DriverCommand.COMMAND), e);
      message.fail(FAILED, String.valueOf(e.getMessage()));
    }
  }

  void close() {
    threads.shutdownNow();
  }
}
