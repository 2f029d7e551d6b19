package io.sparkwire.log;

import java.util.Arrays;
import java.util.Locale;
import org.slf4j.Logger;

/**
 * What a node logs for its operators, under names that they may alert on and that never change.
 *
 * <p>A line begins with the name, as in {@code event=node-left node n1 has left the cluster}, which
 * is a {@linkplain LogFields field}, too. All lines at WARN and ERROR are events;
 * docs/operations.md lists them. Immutable.
 */
public enum Event {
  ACCESS_LOG_DROPPED,
  ADDRESS_FULL,
  AUTH_NOT_RELOADED,
  AUTH_RELOADED,
  BUS_BYTES_REFUSED,
  CERTIFICATE_NOT_RELOADED,
  CERTIFICATE_RELOADED,
  COMMAND_FAILED,
  CONNECTIONS_ACCEPTED,
  CONNECTIONS_FULL,
  EPOCHS_DRAINED,
  EPOCH_TIME_USED,
  EVENT_LOOP_FAILED,
  HISTORY_NOT_WRITTEN,
  LOG_LEVEL_CHANGED,
  NODE_CHANGED,
  NODE_LEFT,
  OFFER_IGNORED,
  PAYLOAD_LOG_DROPPED,
  PIPELINE_FAILED,
  PYTHON_WORKER_LOST,
  PYTHON_WORKER_NOT_STARTED,
  QUERY_FAILED,
  QUERY_NOT_STARTED,
  QUERY_RESTARTED,
  REPLY_LOST,
  REPLY_NOT_KEPT,
  REPLY_STORE_FAILED,
  REQUEST_QUARANTINED,
  REQUEST_TAKEN_OVER,
  REQUESTS_REPLAYED,
  ROUTES_NOT_UPDATED,
  SECOND_ROW_DROPPED,
  SPANS_NOT_EXPORTED,
  STRANGER_REFUSED,
  TAKE_OVER_FAILED,
  TASKS_NOT_RETRIED,
  VALUE_NOT_AUTHENTIC,
  WARM_UP_FAILED;

  /** Its name in the log and in the documentation. */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Something that needs no action by itself. */
  public void info(Logger log, String sentence, Object... values) {
    named(() -> log.info(line(sentence), values));
  }

  /** Something that an operator should know about. */
  public void warn(Logger log, String sentence, Object... values) {
    named(() -> log.warn(line(sentence), values));
  }

  /** A failure: one line that ends with what caused it, and its stack trace at DEBUG. */
  public void warn(Logger log, Throwable failure, String sentence, Object... values) {
    named(
        () -> {
          log.warn(line(sentence) + ": {}", and(values, Causes.message(failure)));
          log.debug(sentence, and(values, failure));
        });
  }

  /** A failure that nothing recovers from: the same line, with its stack trace. */
  public void error(Logger log, Throwable failure, String sentence, Object... values) {
    Object[] all = and(and(values, Causes.message(failure)), failure);
    named(() -> log.error(line(sentence) + ": {}", all));
  }

  private void named(Runnable lines) {
    LogFields.with(LogFields.EVENT, key(), lines);
  }

  private String line(String sentence) {
    return this + " " + sentence;
  }

  private static Object[] and(Object[] values, Object last) {
    Object[] all = Arrays.copyOf(values, values.length + 1, Object[].class);
    all[values.length] = last;
    return all;
  }

  /** As it is at the beginning of a line, like {@code event=node-left}. */
  @Override
  public String toString() {
    return "event=" + key();
  }
}
