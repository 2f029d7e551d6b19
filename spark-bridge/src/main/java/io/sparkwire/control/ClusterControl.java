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
  private JsonObject lastServe;

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

  private JsonObject json(DriverCommand command) {
    return new JsonObject()
        .put(DriverCommand.COMMAND, command.name())
        .put(DriverCommand.SERVICE, service);
  }

  private JsonObject json(DriverCommand command, int version) {
    return json(command).put(DriverCommand.VERSION, version);
  }

  @Override
  public synchronized void serve(ServiceSpec spec, String owner, int version) {
    if (lastServe != null && !owner.equals(lastServe.getString(DriverCommand.OWNER))) {
      throw new IllegalStateException(
          "service '" + service + "' is already served by another query of this driver");
    }
    if (listens) {
      own.serve(spec, owner, version);
    }
    lastServe =
        json(DriverCommand.SERVE, version)
            .put(DriverCommand.SPEC, ServiceSpecJson.write(spec))
            .put(DriverCommand.OWNER, owner);
    executors.ask(lastServe);
  }

  /** Lets executors that have joined since serve it too. */
  synchronized void keepServing() { // and not while it is released
    if (lastServe != null) {
      executors.ask(lastServe);
    }
  }

  @Override
  public VersionStatus version(int number) {
    Map<NodeId, VersionStatus> seen =
        lastSeen.computeIfAbsent(number, n -> new ConcurrentHashMap<>());
    Map<NodeId, VersionStatus> now = new HashMap<>();
    executors
        .ask(json(DriverCommand.LOOK, number))
        .forEach((node, answer) -> now.put(node, VersionStatus.parse(answer)));
    seen.putAll(now);
    return sum(now.values()).openedAs(sum(seen.values()));
  }

  private static VersionStatus sum(Collection<VersionStatus> all) {
    return all.stream().reduce(VersionStatus.UNKNOWN, VersionStatus::plus);
  }

  @Override
  public ServiceLoad load() {
    return executors.ask(json(DriverCommand.LOAD)).values().stream()
        .map(ServiceLoad::parse)
        .reduce(own.load(), ServiceLoad::plus);
  }

  @Override
  public boolean awaitRequest(int version, long nanos) {
    long wait = Math.min(nanos, LONGEST_WAIT_NANOS);
    return executors.any(
        json(DriverCommand.AWAIT, version).put(DriverCommand.NANOS, wait),
        answer -> answer.getBoolean(DriverCommand.QUEUED));
  }

  @Override
  public void committed(String query, long epoch) {
    executors.ask(
        json(DriverCommand.COMMITTED)
            .put(DriverCommand.QUERY, query)
            .put(DriverCommand.EPOCH, epoch));
  }

  @Override
  public void epochEnded(String query, long epoch) {
    executors.ask(
        json(DriverCommand.EPOCH_ENDED)
            .put(DriverCommand.QUERY, query)
            .put(DriverCommand.EPOCH, epoch));
  }

  @Override
  public void ended(String query) {
    executors.ask(json(DriverCommand.ENDED).put(DriverCommand.QUERY, query));
  }

  @Override
  public synchronized void switchTo(int version, ServiceSchema schema) {
    if (lastServe != null) {
      ServiceSpec spec = ServiceSpecJson.read(lastServe.getJsonObject(DriverCommand.SPEC));
      lastServe =
          lastServe
              .copy()
              .put(DriverCommand.VERSION, version)
              .put(DriverCommand.SPEC, ServiceSpecJson.write(spec.withSchema(schema)));
    }
    own.switchTo(version, schema);
    executors.ask(
        json(DriverCommand.SWITCH_TO, version)
            .put(DriverCommand.SCHEMA, ServiceSpecJson.write(schema)));
  }

  @Override
  public void endEpochs(int version) {
    executors.ask(json(DriverCommand.END_EPOCHS, version));
  }

  @Override
  public void retire(int version) {
    lastSeen.remove(version);
    own.retire(version);
    executors.ask(json(DriverCommand.RETIRE, version));
  }

  @Override
  public void warmUp(ServiceSpec spec, int version, WarmUpRequest sample) {
    JsonObject command =
        json(DriverCommand.WARM_UP, version).put(DriverCommand.SPEC, ServiceSpecJson.write(spec));
    if (sample != null) {
      command
          .put(DriverCommand.CONTENT_TYPE, sample.contentType())
          .put(DriverCommand.BODY, sample.body());
    }
    executors.askAll(command, WARM_UP_TIMEOUT);
  }

  @Override
  public void failing(boolean now) {
    own.failing(now);
    executors.ask(json(DriverCommand.FAILING).put(DriverCommand.NOW, now));
  }

  @Override
  public void stopTaking() {
    own.stopTaking();
    executors.ask(json(DriverCommand.STOP_TAKING));
  }

  @Override
  public synchronized void release(String owner) {
    if (lastServe != null && owner.equals(lastServe.getString(DriverCommand.OWNER))) {
      lastServe = null;
    }
    own.release(owner);
    executors.ask(json(DriverCommand.RELEASE).put(DriverCommand.OWNER, owner));
  }
}
