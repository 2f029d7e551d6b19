package io.sparkwire.control;

import io.sparkwire.cluster.ServiceSpecJson;
import io.sparkwire.message.NodeId;
import io.sparkwire.message.ServiceSchema;
import io.sparkwire.message.ServiceSpec;
import io.sparkwire.message.WarmUpRequest;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * A service whose readers run on the nodes of a driver's executors.
 *
 * <p>What one of them does not answer in time is left out. Thread-safe; blocks.
 */
final class ClusterControl implements ServiceControl {

  private static final Duration WARM_UP_TIMEOUT = Duration.ofSeconds(20);

  /** An executor lets a thread wait for a request no longer than that. */
  private static final long LONGEST_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  private final ExecutorClients executors;
  private final ServiceControl own;
  private final boolean listens;
  private final String service;
  private final Map<Integer, Map<NodeId, VersionStatus>> lastSeen = new ConcurrentHashMap<>();
  private JsonObject standing;

  /**
   * @param own what the driver's own node does for it
   * @param listens whether that takes requests over HTTP
   */
  ClusterControl(ExecutorClients executors, ServiceControl own, boolean listens, String service) {
    this.executors = executors;
    this.own = own;
    this.listens = listens;
    this.service = service;
  }

  private JsonObject order(DriverCommand order) {
    return new JsonObject()
        .put(DriverCommand.ORDER, order.name())
        .put(DriverCommand.SERVICE, service);
  }

  private JsonObject order(DriverCommand order, int version) {
    return order(order).put(DriverCommand.VERSION, version);
  }

  @Override
  public synchronized void serve(ServiceSpec spec, String owner, int version) {
    if (standing != null && !owner.equals(standing.getString(DriverCommand.OWNER))) {
      throw new IllegalStateException(
          "service '" + service + "' is already served by another query of this driver");
    }
    if (listens) {
      own.serve(spec, owner, version);
    }
    standing =
        order(DriverCommand.SERVE, version)
            .put(DriverCommand.SPEC, ServiceSpecJson.write(spec))
            .put(DriverCommand.OWNER, owner);
    executors.ask(standing);
  }

  /** Lets executors that have joined since serve it too. */
  synchronized void keepServing() { // and not while it is released
    if (standing != null) {
      executors.ask(standing);
    }
  }

  @Override
  public VersionStatus version(int number) {
    Map<NodeId, VersionStatus> seen =
        lastSeen.computeIfAbsent(number, n -> new ConcurrentHashMap<>());
    Map<NodeId, VersionStatus> now = new HashMap<>();
    executors
        .ask(order(DriverCommand.LOOK, number))
        .forEach((node, answer) -> now.put(node, VersionStatus.parse(answer)));
    seen.putAll(now);
    return sum(now.values()).openedAs(sum(seen.values()));
  }

  private static VersionStatus sum(Collection<VersionStatus> all) {
    return all.stream().reduce(VersionStatus.UNKNOWN, VersionStatus::plus);
  }

  @Override
  public ServiceLoad load() {
    return executors.ask(order(DriverCommand.LOAD)).values().stream()
        .map(ServiceLoad::parse)
        .reduce(own.load(), ServiceLoad::plus);
  }

  @Override
  public boolean awaitRequest(int version, long nanos) {
    long wait = Math.min(nanos, LONGEST_WAIT_NANOS);
    return executors.any(
        order(DriverCommand.AWAIT, version).put(DriverCommand.NANOS, wait),
        answer -> answer.getBoolean(DriverCommand.CAME));
  }

  @Override
  public void committed(String query, long epoch) {
    executors.ask(
        order(DriverCommand.COMMITTED)
            .put(DriverCommand.QUERY, query)
            .put(DriverCommand.EPOCH, epoch));
  }

  @Override
  public void epochEnded(String query, long epoch) {
    executors.ask(
        order(DriverCommand.EPOCH_ENDED)
            .put(DriverCommand.QUERY, query)
            .put(DriverCommand.EPOCH, epoch));
  }

  @Override
  public void cameOut(long task, long rows) {
    executors.ask(
        order(DriverCommand.CAME_OUT).put(DriverCommand.TASK, task).put(DriverCommand.ROWS, rows));
  }

  @Override
  public void ended(String query) {
    executors.ask(order(DriverCommand.ENDED).put(DriverCommand.QUERY, query));
  }

  @Override
  public synchronized void switchTo(int version, ServiceSchema schema) {
    if (standing != null) {
      ServiceSpec spec = ServiceSpecJson.read(standing.getJsonObject(DriverCommand.SPEC));
      standing =
          standing
              .copy()
              .put(DriverCommand.VERSION, version)
              .put(DriverCommand.SPEC, ServiceSpecJson.write(spec.withSchema(schema)));
    }
    own.switchTo(version, schema);
    executors.ask(
        order(DriverCommand.SWITCH_TO, version)
            .put(DriverCommand.SCHEMA, ServiceSpecJson.write(schema)));
  }

  @Override
  public void endEpochs(int version) {
    executors.ask(order(DriverCommand.END_EPOCHS, version));
  }

  @Override
  public void retire(int version) {
    lastSeen.remove(version);
    own.retire(version);
    executors.ask(order(DriverCommand.RETIRE, version));
  }

  @Override
  public void warmUp(ServiceSpec spec, int version, WarmUpRequest sample) {
    JsonObject order =
        order(DriverCommand.WARM_UP, version).put(DriverCommand.SPEC, ServiceSpecJson.write(spec));
    if (sample != null) {
      order
          .put(DriverCommand.CONTENT_TYPE, sample.contentType())
          .put(DriverCommand.BODY, sample.body());
    }
    executors.askAll(order, WARM_UP_TIMEOUT);
  }

  @Override
  public void failing(boolean now) {
    own.failing(now);
    executors.ask(order(DriverCommand.FAILING).put(DriverCommand.NOW, now));
  }

  @Override
  public void stopTaking() {
    own.stopTaking();
    executors.ask(order(DriverCommand.STOP_TAKING));
  }

  @Override
  public synchronized void release(String owner) {
    if (standing != null && owner.equals(standing.getString(DriverCommand.OWNER))) {
      standing = null;
    }
    own.release(owner);
    executors.ask(order(DriverCommand.RELEASE).put(DriverCommand.OWNER, owner));
  }
}
