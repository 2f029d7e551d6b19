package io.sparkwire.intake;

import io.sparkwire.cluster.Directory;
import io.sparkwire.dispatch.LocalIntake;
import io.sparkwire.exchange.Service;
import io.sparkwire.exchange.ServiceObserver;
import io.sparkwire.message.PendingRequest;
import io.sparkwire.message.ServiceSchema;
import io.sparkwire.message.ServiceSpec;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * One service as this node serves it: its owner, its listener, and which version of its pipeline
 * gets the requests.
 *
 * <p>Thread-safe.
 */
public final class ServedService implements LocalIntake {

  private final String owner;
  private final Service service;
  private final IntakeMaker intakes;
  private final ReaderPresence readers;
  private final Map<Integer, ServedVersion> versions = new ConcurrentHashMap<>();
  private boolean offered; // guarded by this
  private volatile ServedVersion current;
  private volatile int port = -1;
  private volatile MessageConsumer<?> consumer;

  /** Makes the queue of one version. */
  @FunctionalInterface
  interface IntakeMaker {
    Intake make(Service service);
  }

  /**
   * @param owner the query that answers it
   * @param nanoTime the clock of {@link System#nanoTime}
   */
  ServedService(String owner, Service service, IntakeMaker intakes, LongSupplier nanoTime) {
    this.owner = owner;
    this.service = service;
    this.intakes = intakes;
    this.readers = new ReaderPresence(nanoTime);
    this.current = version(ServedVersion.FIRST);
  }

  /** What it is and what it does at the moment, for the cluster's status. */
  JsonObject status() {
    return service
        .status()
        .put("port", port)
        .put("read", readers.areExpected())
        .put("queued", current.intake().size())
        .put("readers", openReaders())
        .put("epoch", readers.latestEpoch());
  }

  /** All queries behind it fail again and again, or do so no more. */
  public void failing(boolean now) {
    service.failing(now);
  }

  /** Whether it takes requests and has readers to answer them. */
  boolean isReady() {
    return service.isReady();
  }

  /** The query that answers it. */
  public String owner() {
    return owner;
  }

  public Service service() {
    return service;
  }

  /** Gets its requests from there. */
  void takesFrom(MessageConsumer<?> requests) {
    consumer = requests;
  }

  void takesNoMore() {
    if (consumer != null) { // otherwise it never took any
      consumer.unregister();
    }
  }

  void listensAt(int boundPort) {
    port = boundPort;
  }

  /** The port on which this node takes requests for it; -1 before it does. */
  public int port() {
    return port;
  }

  /** The version of that number, from 1; a new one gets no requests before {@link #switchTo}. */
  public ServedVersion version(int number) {
    return versions.computeIfAbsent(number, n -> new ServedVersion(intakes.make(service)));
  }

  /** The version that gets the requests. */
  public ServedVersion current() {
    return current;
  }

  @Override
  public boolean offer(PendingRequest request) {
    ServedVersion taker = current;
    boolean taken = taker.intake().offer(request);
    if (taker != current) { // it was switched off just now, perhaps before the request was in
      moveRequests(taker);
    }
    return taken;
  }

  @Override
  public boolean hasRoom() {
    return readers.areExpected() && current.intake().hasRoom();
  }

  @Override
  public ServiceObserver observer() {
    return service.observer();
  }

  /**
   * Lets other nodes know of it: from its first reader on, with no capacity while it has none,
   * until it stops.
   */
  synchronized void offerIn(Directory directory) {
    if (!service.isStopping()) {
      ServiceSpec spec = service.spec();
      offered = true;
      directory.offer(spec, readers.areExpected() ? spec.limits().maxInFlight() : 0);
    }
  }

  /** Refuses new requests, and lets other nodes send no more. */
  synchronized void withdrawFrom(Directory directory) {
    service.stopAdmitting();
    directory.withdraw(service.spec().name());
  }

  /** Has its status, and its offer if there is one, show that schema. */
  synchronized void describe(ServiceSchema schema, Directory directory) {
    if (!schema.equals(service.spec().schema())) {
      service.describe(schema);
      if (offered) {
        offerIn(directory);
      }
    }
  }

  /** Its readers, as far as this node knows. */
  ReaderPresence readers() {
    return readers;
  }

  /**
   * Whether requests are queued and there has been no reader for so long that there may be none at
   * all.
   */
  boolean isForsaken() {
    return readers.areMissing() && current.intake().size() > 0;
  }

  /*
   * A switch and an offer are not serialised by a lock, which event loops and tasks would share:
   *
   * - The switch writes "current" first and moves the queue of the version before afterwards. An
   *   offer reads "current", puts its request, and reads "current" again.
   * - If the put precedes the move, the move takes the request along. If the put follows the move,
   *   it follows the write of "current" too, so the second read of the offer differs from its
   *   first, and the offer moves the queue itself. No request stays with a version without readers.
   * - Both may move at once: each request is polled by one of them, so none is given twice.
   * - A moved request enters by giveBack, which has no bound: it was admitted once and cannot be
   *   refused any more. It goes before newer ones of the same version.
   * - A second switch during a move may leave requests with a version that is switched off by then.
   *   Its readers are still there, and "retire" moves what they have not taken.
   */

  /** Gives all requests to that version from now on, including those not yet taken. */
  public void switchTo(int number) {
    ServedVersion before = current;
    current = version(number);
    moveRequests(before);
    observer().switchedTo(number);
  }

  private void moveRequests(ServedVersion from) {
    ServedVersion to = current;
    for (PendingRequest r = from.intake().poll(); r != null; r = from.intake().poll()) {
      to.intake().giveBack(r);
    }
  }

  /** Takes out all that no reader has taken. */
  List<PendingRequest> takeQueued() {
    List<PendingRequest> queued = new ArrayList<>();
    for (PendingRequest r = current.intake().poll(); r != null; r = current.intake().poll()) {
      queued.add(r);
    }
    return queued;
  }

  /** The queries that have read its requests, as the history names them. */
  Set<String> queries() {
    return versions.values().stream()
        .flatMap(version -> version.queries().stream())
        .collect(Collectors.toSet());
  }

  /** Forgets a version that has no readers any more and does not get the requests. */
  void retire(int number) {
    ServedVersion retired = versions.get(number);
    if (retired != null && retired != current) {
      versions.remove(number);
      moveRequests(retired);
      retired.end();
    }
  }

  /** How many readers are open, of all versions. */
  public int openReaders() {
    return versions.values().stream().mapToInt(ServedVersion::openReaders).sum();
  }

  /** Answers all that is queued: no reader will take it any more. */
  void close() {
    versions.values().forEach(version -> version.intake().close());
    versions.values().forEach(ServedVersion::end);
  }
}
