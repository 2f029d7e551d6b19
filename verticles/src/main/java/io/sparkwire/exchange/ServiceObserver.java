package io.sparkwire.exchange;

import io.sparkwire.message.ServiceReply;
import io.vertx.core.http.HttpServerRequest;

/**
 * Follows all that one service does on this node. What each request does is told to an {@link
 * ExchangeObserver}, so an observer that wants to know nothing of that costs no request anything.
 * Metrics, traces and logs of requests are observers. Every method does nothing unless it is
 * implemented.
 *
 * <p>Implementations are thread-safe, do not block and do not throw.
 */
public interface ServiceObserver {

  /** Does nothing. */
  ServiceObserver NONE = new ServiceObserver() {};

  /** Both, called in this order; where one of them is {@link #NONE}, the other one alone. */
  static ServiceObserver both(ServiceObserver first, ServiceObserver second) {
    if (first == NONE) {
      return second;
    }
    return second == NONE ? first : new ServiceObserverPair(first, second);
  }

  /** What follows its exchanges: always the same. */
  default ExchangeObserver exchanges() {
    return ExchangeObserver.NONE;
  }

  /**
   * A request was refused before it had an exchange. Runs on: event loop.
   *
   * @param reply which is sent next
   */
  default void refused(HttpServerRequest request, ServiceReply reply) {}

  /**
   * One of the counters has grown that nothing else here shows: {@link
   * ServiceCounter#LATE_ANSWERS}, {@link ServiceCounter#UNREAD} or {@link
   * ServiceCounter#SECOND_ROWS}. Runs on: any thread.
   */
  default void counted(ServiceCounter counter) {}

  /** A reader has begun its share of an epoch. Runs on: task thread. */
  default void epochBegan(String query, int partition, long epoch) {}

  /**
   * A reader has ended its share of an epoch. Runs on: any thread.
   *
   * @param succeeded whether its task had
   */
  default void epochEnded(String query, int partition, long epoch, boolean succeeded) {}

  /**
   * A request goes to a pipeline of this node that had it before, or after one of a lost node. Runs
   * on: any thread.
   */
  default void replayed() {}

  /**
   * A request was answered because the pipeline failed on it too often. Runs on: any thread.
   *
   * @param request its name in logs
   * @param attempts how often the pipeline failed on it
   * @param cause what the pipeline failed with, in one line
   */
  default void quarantined(String request, int attempts, String cause) {}

  /**
   * One of its queries has ended with a failure, and is started again. Runs on: driver.
   *
   * @param cause the kind of failure: the class of its root cause
   * @param message of that, in one line
   */
  default void restarted(String cause, String message) {}

  /** The requests go to another version of the pipeline from now on. Runs on: any thread. */
  default void switchedTo(int version) {}
}
