package io.sparkwire.exchange;

import io.sparkwire.cluster.ServiceSpecJson;
import io.sparkwire.message.ServiceSchema;
import io.sparkwire.message.ServiceSpec;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

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

  private final LongAdder admitted = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder answered = new LongAdder();
  private final LongAdder expired = new LongAdder();
  private final LongAdder abandoned = new LongAdder();
  private final LongAdder lateAnswers = new LongAdder();
  private final LongAdder quarantined = new LongAdder();
  private final LongAdder incomplete = new LongAdder();
  private final LongAdder unread = new LongAdder();
  private final LongAdder secondRows = new LongAdder();
  private volatile boolean stopping;

  public Service(ServiceSpec spec) {
    this.spec = spec;
    this.maxInFlight = spec.limits().maxInFlight();
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
      refused.increment();
      return stopping ? Admission.STOPPING : Admission.FULL;
    }
    return Admission.ADMITTED;
  }

  Admission admit() {
    if (stopping) {
      refused.increment();
      return Admission.STOPPING;
    }
    if (inFlight.incrementAndGet() > maxInFlight) {
      inFlight.decrementAndGet();
      refused.increment();
      return Admission.FULL;
    }
    admitted.increment();
    return Admission.ADMITTED;
  }

  void admitAnyway() {
    inFlight.incrementAndGet();
    admitted.increment();
  }

  void left(Outcome outcome) {
    inFlight.decrementAndGet();
    switch (outcome) {
      case ANSWERED -> answered.increment();
      case EXPIRED -> expired.increment();
      case ABANDONED -> abandoned.increment();
    }
  }

  /** A request ended before its body was complete, so that it was never admitted. */
  void incomplete() {
    incomplete.increment();
  }

  /** A reply waits for its client to read it. */
  void beginsWaiting() {
    waiting.incrementAndGet();
  }

  void endsWaiting(boolean wasRead) {
    waiting.decrementAndGet();
    if (!wasRead) {
      unread.increment();
    }
  }

  void answeredLate() {
    lateAnswers.increment();
  }

  /** A request was answered because the pipeline failed on it too often. */
  public void quarantined() {
    quarantined.increment();
  }

  /** The pipeline made another row of a request that had its reply. */
  public void secondRow() {
    secondRows.increment();
  }

  /** Refuses every request from now on. */
  public void stopAdmitting() {
    stopping = true;
  }

  /** Whether it refuses every request. */
  public boolean isStopping() {
    return stopping;
  }

  /** How many requests were admitted and have not ended, or wait for their reply to be read. */
  public int inFlight() {
    return inFlight.get() + waiting.get();
  }

  /** What it is and what it does at the moment, for the cluster's status. */
  public JsonObject status() {
    JsonObject schema = ServiceSpecJson.write(spec.schema());
    JsonObject status = schema.isEmpty() ? new JsonObject() : JsonObject.of("schema", schema);
    return status
        .put("name", spec.name())
        .put("path", spec.route().path())
        .put("inFlight", inFlight())
        .put("admitted", admitted.sum())
        .put("refused", refused.sum())
        .put("incomplete", incomplete.sum())
        .put("unread", unread.sum());
  }

  /** A reading of the counters; each is exact, but not all are of the same instant. */
  public Counts counts() {
    return new Counts(
        admitted.sum(),
        refused.sum(),
        answered.sum(),
        expired.sum(),
        abandoned.sum(),
        lateAnswers.sum(),
        quarantined.sum(),
        incomplete.sum(),
        unread.sum(),
        secondRows.sum());
  }

  /** How an admitted request ended. */
  enum Outcome {
    ANSWERED,
    EXPIRED,
    ABANDONED
  }

  /**
   * Requests counted since the service was opened on this node.
   *
   * @param admitted came in; the next four, with those in flight, add up to it without {@code
   *     refused}
   * @param refused were turned away at once
   * @param answered got a reply or a failure
   * @param expired were still waiting, or still being sent, at their deadline
   * @param abandoned were left by their client before that
   * @param lateAnswers answers that met an exchange just when it had ended; later ones find none
   * @param quarantined were answered 500 because the pipeline failed on them too often
   * @param incomplete ended before their body was complete, and are in none of the others
   * @param unread had a reply that could not be written to its end: their client did not read it in
   *     time, or left
   * @param secondRows rows that were dropped because their request had its reply already
   */
  public record Counts(
      long admitted,
      long refused,
      long answered,
      long expired,
      long abandoned,
      long lateAnswers,
      long quarantined,
      long incomplete,
      long unread,
      long secondRows) {

    /** Both together. */
    public Counts plus(Counts other) {
      return new Counts(
          admitted + other.admitted,
          refused + other.refused,
          answered + other.answered,
          expired + other.expired,
          abandoned + other.abandoned,
          lateAnswers + other.lateAnswers,
          quarantined + other.quarantined,
          incomplete + other.incomplete,
          unread + other.unread,
          secondRows + other.secondRows);
    }

    public JsonObject toJson() {
      return new JsonObject()
          .put("admitted", admitted)
          .put("refused", refused)
          .put("answered", answered)
          .put("expired", expired)
          .put("abandoned", abandoned)
          .put("lateAnswers", lateAnswers)
          .put("quarantined", quarantined)
          .put("incomplete", incomplete)
          .put("unread", unread)
          .put("secondRows", secondRows);
    }

    /** Reads what {@link #toJson} has written. */
    public static Counts parse(JsonObject json) {
      return new Counts(
          json.getLong("admitted"),
          json.getLong("refused"),
          json.getLong("answered"),
          json.getLong("expired"),
          json.getLong("abandoned"),
          json.getLong("lateAnswers"),
          json.getLong("quarantined"),
          json.getLong("incomplete"),
          json.getLong("unread"),
          json.getLong("secondRows"));
    }
  }
}
