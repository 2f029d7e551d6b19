package io.sparkwire.control;

import io.sparkwire.cluster.Member;
import io.sparkwire.cluster.Node;
import io.sparkwire.cluster.Role;
import io.sparkwire.log.Event;
import io.sparkwire.message.Addresses;
import io.sparkwire.message.NodeId;
import io.vertx.core.Future;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The client of a driver for the nodes of its executors, which take its commands.
 *
 * <p>All workers of the cluster are asked; those of other drivers, or of none, decline.
 * Thread-safe; blocks until all have answered or their time is up.
 */
final class ExecutorClients {

  private static final Logger LOG = LoggerFactory.getLogger(ExecutorClients.class);
  private static final Duration REPLY_TIMEOUT = Duration.ofSeconds(2);

  private final Node driver;

  ExecutorClients(Node driver) {
    this.driver = driver;
  }

  private Map<NodeId, Future<JsonObject>> send(JsonObject command, Duration timeout) {
    JsonObject signed = command.copy().put(DriverCommand.DRIVER, driver.id().text());
    DeliveryOptions options = new DeliveryOptions().setSendTimeout(timeout.toMillis());
    Map<NodeId, Future<JsonObject>> asked = new HashMap<>();
    for (Member member : driver.directory().members()) {
      if (member.role() == Role.WORKER) {
        asked.put(
            member.node(),
            driver
                .vertx()
                .eventBus()
                .<JsonObject>request(Addresses.commands(member.node()), signed, options)
                .map(message -> message.body()));
      }
    }
    return asked;
  }

  /** Asks all; returns the answers of those that carried the command out. */
  Map<NodeId, JsonObject> ask(JsonObject command) {
    Map<NodeId, JsonObject> answers = new HashMap<>();
    send(command, REPLY_TIMEOUT)
        .forEach(
            (node, answer) -> {
              try {
                answers.put(
                    node, await(answer.toCompletionStage().toCompletableFuture(), REPLY_TIMEOUT));
              } catch (RuntimeException e) {
                declined(node, command, e);
              }
            });
    return answers;
  }

  /**
   * Asks all.
   *
   * @throws IllegalStateException if one of them tried and failed; the message says why
   */
  void askAll(JsonObject command, Duration timeout) {
    send(command, timeout)
        .forEach(
            (node, answer) -> {
              try {
                await(answer.toCompletionStage().toCompletableFuture(), timeout);
              } catch (RuntimeException e) {
                if (e.getCause() instanceof ReplyException reply
                    && reply.failureCode() == CommandHandler.FAILED) {
                  throw new IllegalStateException(reply.getMessage(), e);
                }
                declined(node, command, e);
              }
            });
  }

  /** Asks all; says whether one gave such an answer, as soon as it did. */
  boolean any(JsonObject command, Predicate<JsonObject> wanted) {
    CompletableFuture<Boolean> found = new CompletableFuture<>();
    Map<NodeId, Future<JsonObject>> asked = send(command, REPLY_TIMEOUT);
    asked
        .values()
        .forEach(
            answer ->
                answer
                    .map(wanted::test)
                    .onSuccess(
                        holds -> {
                          if (holds) {
                            found.complete(true);
                          }
                        }));
    Future.join(List.copyOf(asked.values())).onComplete(all -> found.complete(false));
    try {
      return await(found, REPLY_TIMEOUT);
    } catch (CancellationException e) {
      return false;
    }
  }

  private static <T> T await(CompletableFuture<T> future, Duration timeout) {
    try {
      return future.get(2 * timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (TimeoutException e) {
      throw new IllegalStateException("got no answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (CancellationException)
          new CancellationException("stopped waiting for a node").initCause(e);
    }
  }

  private static void declined(NodeId node, JsonObject command, RuntimeException why) {
    if (why instanceof CancellationException) {
      return; // the thread was interrupted: the command was sent, and its outcome does not matter
    }
    boolean notOurs =
        why.getCause() instanceof ReplyException reply
            && (reply.failureType() == ReplyFailure.NO_HANDLERS
                || reply.failureCode() == CommandHandler.NOT_MY_DRIVER);
    if (!notOurs) {
      Event.COMMAND_FAILED.warn(
          LOG, why, "node {} did not carry out {}", node, command.getString(DriverCommand.COMMAND));
    }
  }
}
