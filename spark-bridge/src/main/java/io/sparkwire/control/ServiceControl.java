package io.sparkwire.control;

import io.sparkwire.message.ServiceSchema;
import io.sparkwire.message.ServiceSpec;
import io.sparkwire.message.WarmUpRequest;

/**
 * One service, as the queries behind it steer and watch it: on all nodes where their readers run.
 *
 * <p>Runs on: driver; blocks for as long as it takes to ask those nodes. Thread-safe.
 */
public interface ServiceControl {

  /**
   * Begins to serve where that can be done before there are readers; others begin with their first
   * one.
   *
   * @param owner the only one that may steer it from now on
   * @param version which gets the requests
   * @throws IllegalStateException if another owner serves that name, or its port or path is taken
   */
  void serve(ServiceSpec spec, String owner, int version);

  /** What the readers of a version do. */
  VersionStatus version(int number);

  /** Counts of the service's requests so far. */
  ServiceLoad load();

  /**
   * Waits until a request is queued for a version.
   *
   * @return whether one is; if not, {@code nanos} have passed, or somewhat less
   */
  boolean awaitRequest(int version, long nanos);

  /** Spark has committed all epochs of a query up to this one. */
  void committed(String query, long epoch);

  /**
   * An epoch of a query has ended, and nothing of it is still to come out: unanswered requests of
   * it and of those before it have no row left.
   */
  void epochEnded(String query, long epoch);

  /** A query will not be started again from where it was: what it left is for other readers. */
  void ended(String query);

  /**
   * Gives all requests to that version from now on, including those not yet taken.
   *
   * @param schema of the service by that version
   */
  void switchTo(int version, ServiceSchema schema);

  /** Lets the open epochs of a version end now, and no other begin. */
  void endEpochs(int version);

  /** Forgets a version that has no readers any more and does not get the requests. */
  void retire(int version);

  /** Makes the first requests quick; a sample goes through the pipeline too, if it is not null. */
  void warmUp(ServiceSpec spec, int version, WarmUpRequest sample);

  /** Sets whether all queries behind the service keep failing, so that its nodes are not ready. */
  void failing(boolean now);

  /** Refuses new requests. */
  void stopTaking();

  /** Stops serving, if that is the owner: answers 503 to all that still waits. */
  void release(String owner);
}
