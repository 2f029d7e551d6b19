package io.sparkwire.exchange;

import io.sparkwire.message.ServiceSchema;
import io.sparkwire.message.ServiceSpec;
import io.vertx.core.json.JsonObject;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One served API on one node: its description, its gate and its counters.
 *
 * <p>Thread-safe.
 */
public final class Service {

  private volatile ServiceSpec spec;
  private final int maxInFlight;
  private final AtomicInteger inFlight = new AtomicInteger();

  /** Apart from those without a reply: clients that do not read must not keep others out. */
  private final AtomicInteger waiting = new AtomicInteger();

  private final ServiceCounters counters = new ServiceCounters();
  private final Backlog backlog = new Backlog(this);
  private final ServiceObserver observer;
  private final boolean keepsTimes;
  private volatile boolean stopping;
  private volatile boolean failing;

  public Service(ServiceSpec spec) {
    this(spec, ServiceObserver.NONE);
  }

  /**
   * @param observer follows what it does on this node, after the counters
   */
  public Service(ServiceSpec spec, ServiceObserver observer) {
    this.spec = spec;
    this.maxInFlight = spec.limits().maxInFlight();
    this.observer = ServiceObserver.both(counters, observer);
    this.keepsTimes = spec.responses().serverTiming() || observer.exchanges().wantsTimes();
  }

  /** What follows all that it does on this node. */
  public ServiceObserver observer() {
    return observer;
  }

  /** Whether the times of its exchanges are kept. */
  boolean keepsTimes() {
    return keepsTimes;
  }

  public ServiceSpec spec() {
    return spec;
  }

  /** Shows another schema from now on. Not for several threads at once. */
  public void describe(ServiceSchema schema) {
    spec = spec.withSchema(schema);
  }

  /** What {@link #admit} would say now. If that is a refusal, it is counted as one. */
  Admission prospect() {
    if (stopping || inFlight.get() >= maxInFlight) {
      counters.increment(ServiceCounter.REFUSED);
      return stopping ? Admission.STOPPING : Admission.FULL;
    }
    return Admission.ADMITTED;
  }

  Admission admit() {
    if (stopping) {
      counters.increment(ServiceCounter.REFUSED);
      return Admission.STOPPING;
    }
    if (inFlight.incrementAndGet() > maxInFlight) {
      inFlight.decrementAndGet();
      counters.increment(ServiceCounter.REFUSED);
      return Admission.FULL;
    }
    counters.increment(ServiceCounter.ADMITTED);
    return Admission.ADMITTED;
  }

  void admitAnyway() {
    inFlight.incrementAndGet();
    counters.increment(ServiceCounter.ADMITTED);
  }

  /** A request that was admitted has ended. */
  void left() {
    inFlight.decrementAndGet();
  }

  /** A request that was admitted was answered while no exchange had its room. */
  void leftAnswered() {
    left();
    counters.increment(ServiceCounter.ANSWERED);
  }

  /** A reply waits for its client to read it. */
  void beginsWaiting() {
    waiting.incrementAndGet();
  }

  void endsWaiting(boolean wasRead) {
    waiting.decrementAndGet();
    if (!wasRead) {
      observer.counted(ServiceCounter.UNREAD);
    }
  }

  void answeredLate() {
    observer.counted(ServiceCounter.LATE_ANSWERS);
  }

  /** The pipeline made another row of a request that had its reply. */
  public void secondRow() {
    observer.counted(ServiceCounter.SECOND_ROWS);
  }

  /** How long it takes for what it has. */
  public Backlog backlog() {
    return backlog;
  }

  /** How many requests were admitted and have no answer. */
  int waiting() {
    return inFlight.get();
  }

  /** How many admitted requests have ended, in whatever way. */
  long ended() {
    return counters.ended();
  }

  /** Refuses every request from now on. */
  public void stopAdmitting() {
    stopping = true;
  }

  /** Whether it refuses every request. */
  public boolean isStopping() {
    return stopping;
  }

  /** All queries behind it fail again and again, or do so no more. */
  public void failing(boolean now) {
    failing = now;
  }

  /** Whether it takes requests, and its queries answer them. */
  public boolean isReady() {
    return !failing && !stopping;
  }

  /** How many requests were admitted and have not ended, or wait for their reply to be read. */
  public int inFlight() {
    return inFlight.get() + waiting.get();
  }

  /** What it is and what it does at the moment, for the cluster's status. */
  public JsonObject status() {
    return ServiceStatus.of(this, counters);
  }

  /** A reading of the counters; each is exact, but not all are of the same instant. */
  public Counts counts() {
    return counters.read();
  }

  /**
   * A reading of a service's counters, of one node or the sums of several. Immutable.
   *
   * @param values of every counter; one that is left out is 0
   */
  public record Counts(Map<ServiceCounter, Long> values) {

    /** Nothing has been counted. */
    public static final Counts NONE = new Counts(Map.of());

    public Counts {
      Map<ServiceCounter, Long> all = new EnumMap<>(ServiceCounter.class);
      for (ServiceCounter counter : ServiceCounter.values()) {
        all.put(counter, values.getOrDefault(counter, 0L));
      }
      values = Collections.unmodifiableMap(all);
    }

    public long get(ServiceCounter counter) {
      return values.get(counter);
    }

    /** The sums of both. */
    public Counts plus(Counts other) {
      Map<ServiceCounter, Long> sums = new EnumMap<>(values);
      other.values.forEach((counter, count) -> sums.merge(counter, count, Long::sum));
      return new Counts(sums);
    }

    public JsonObject toJson() {
      JsonObject json = new JsonObject();
      values.forEach((counter, count) -> json.put(counter.key(), count));
      return json;
    }

    /** Reads what {@link #toJson} has written. */
    public static Counts parse(JsonObject json) {
      Map<ServiceCounter, Long> counts = new EnumMap<>(ServiceCounter.class);
      for (ServiceCounter counter : ServiceCounter.values()) {
        counts.put(counter, json.getLong(counter.key()));
      }
      return new Counts(counts);
    }

    // One for each counter, by the name that the documentation has.

    public long admitted() {
      return get(ServiceCounter.ADMITTED);
    }

    public long refused() {
      return get(ServiceCounter.REFUSED);
    }

    public long answered() {
      return get(ServiceCounter.ANSWERED);
    }

    public long expired() {
      return get(ServiceCounter.EXPIRED);
    }

    public long abandoned() {
      return get(ServiceCounter.ABANDONED);
    }

    public long lateAnswers() {
      return get(ServiceCounter.LATE_ANSWERS);
    }

    public long quarantined() {
      return get(ServiceCounter.QUARANTINED);
    }

    public long incomplete() {
      return get(ServiceCounter.INCOMPLETE);
    }

    public long unread() {
      return get(ServiceCounter.UNREAD);
    }

    public long secondRows() {
      return get(ServiceCounter.SECOND_ROWS);
    }
  }
}
