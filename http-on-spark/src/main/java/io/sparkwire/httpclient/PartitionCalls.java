package io.sparkwire.httpclient;

import io.sparkwire.httpclient.calls.CallOutcome;
import io.sparkwire.httpclient.calls.CallQueue;
import io.sparkwire.httpclient.calls.Caller;
import io.sparkwire.httpclient.calls.HttpCall;
import io.sparkwire.message.RowId;
import io.sparkwire.metrics.CallMetrics;
import io.sparkwire.metrics.NodeMetrics;
import io.sparkwire.node.ServingNode;
import io.sparkwire.spark.plan.RowWork;
import io.sparkwire.spark.source.ServedQuery;
import io.sparkwire.tracing.CallTrace;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * The calls of one partition: for each row one to each service, all at once.
 *
 * <p>{@link #start} runs on the feeder thread; calls run on one event loop of the JVM's node.
 */
final class PartitionCalls implements RowWork<PartitionCalls.Ended> {

  private final ServingNode node;
  private final List<ServiceCalls> services;
  private final int firstCall;
  private final int id;
  private final boolean ordered;
  private final Context loop;
  private final Optional<CallMetrics> metrics;
  private final List<CallQueue> queues = new ArrayList<>();

  PartitionCalls(ServingNode node, RowCalls calls) {
    this.node = node;
    this.id = calls.id();
    this.services = calls.services();
    this.firstCall = calls.firstCall();
    this.ordered = calls.ordered();
    this.metrics = node.observers().metrics().map(NodeMetrics::calls);
    Vertx vertx = node.vertx();
    this.loop = vertx.getOrCreateContext();
    for (ServiceCalls service : services) {
      Caller caller =
          new Caller(
              vertx, node.httpClient(), service.settings(), InstantSource.system(), new Random());
      queues.add(new CallQueue(vertx, caller, service.concurrency(), service.batching()));
    }
  }

  /** A row and how its calls ended. */
  record Ended(InternalRow row, List<CallOutcome> outcomes) {}

  @Override
  public int window() {
    return services.stream().mapToInt(ServiceCalls::window).max().orElseThrow();
  }

  @Override
  public boolean isOrdered() {
    return ordered;
  }

  @Override
  public void start(InternalRow row, Consumer<Ended> done) {
    HttpCall[] calls = new HttpCall[services.size()];
    List<CallOutcome> outcomes = Arrays.asList(new CallOutcome[services.size()]);
    for (int i = 0; i < calls.length; i++) {
      try {
        calls[i] = services.get(i).complete(CallReader.read(row, firstCall + i));
      } catch (Exception e) { // a bad row, or a provider of the user's that failed
        outcomes.set(i, CallOutcome.impossible(e));
      }
    }
    Ended ended = new Ended(row, outcomes);
    if (Arrays.stream(calls).allMatch(call -> call == null)) {
      done.accept(ended);
    } else {
      CallTrace trace = trace(row);
      loop.runOnContext(go -> call(calls, trace, ended, done));
    }
  }

  private CallTrace trace(InternalRow row) {
    if (id == RowCalls.NO_ID) {
      return CallTrace.NONE;
    }
    try {
      RowId of = ServedQuery.rowId(row, id);
      return of == null ? CallTrace.NONE : node.trace(of.request());
    } catch (IllegalArgumentException e) { // a column that only looks like one of ours
      return CallTrace.NONE;
    }
  }

  private void call(HttpCall[] calls, CallTrace trace, Ended ended, Consumer<Ended> done) {
    List<CallOutcome> outcomes = ended.outcomes();
    long began = System.nanoTime();
    for (int i = 0; i < calls.length; i++) {
      int place = i;
      if (calls[i] != null) {
        queues
            .get(i)
            .add(
                calls[i],
                trace,
                outcome -> {
                  metrics.ifPresent(of -> count(of, outcome, System.nanoTime() - began));
                  outcomes.set(place, outcome);
                  if (!outcomes.contains(null)) {
                    done.accept(ended);
                  }
                });
      }
    }
  }

  private static void count(CallMetrics metrics, CallOutcome outcome, long nanos) {
    if (outcome.isWhole()) {
      metrics.answered(outcome.answer().status(), nanos);
    } else {
      metrics.failed(outcome.failure().getClass().getSimpleName(), nanos);
    }
  }

  /** The row with the outcomes in the places of its calls. */
  @Override
  public Iterator<InternalRow> rows(Ended ended) {
    for (int i = 0; i < ended.outcomes().size(); i++) {
      ended.row().update(firstCall + i, OutcomeWriter.of(ended.outcomes().get(i)));
    }
    return List.of(ended.row()).iterator();
  }

  @Override
  public void close() {
    loop.runOnContext(go -> queues.forEach(CallQueue::close));
  }
}
