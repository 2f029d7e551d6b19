package io.sparkwire.metrics;

import java.util.List;

/**
 * All metrics of a node but those of its JVM. Names follow the conventions of Prometheus and never
 * change; docs/metrics.md lists the same. Immutable.
 */
public enum Metric {
  REQUESTS(
      Kind.COUNTER,
      "sparkwire_requests",
      "Responses to requests of clients, by the version that replied, the status class, and the"
          + " failure if Sparkwire itself gave it",
      "service",
      "version",
      "status",
      "failure"),
  REQUESTS_ABANDONED(
      Kind.COUNTER,
      "sparkwire_requests_abandoned",
      "Requests whose client left before it had a response",
      "service"),
  REQUESTS_UNSERVED(
      Kind.COUNTER,
      "sparkwire_requests_unserved",
      "Requests that the listener itself answered: no service has their path, or the client may not"
          + " use it",
      "status",
      "failure"),
  REQUESTS_QUARANTINED(
      Kind.COUNTER,
      "sparkwire_requests_quarantined",
      "Requests that got a 500 because the pipeline failed on them too often",
      "service"),
  REQUESTS_REPLAYED(
      Kind.COUNTER,
      "sparkwire_requests_replayed",
      "Times that a request went into a pipeline again",
      "service"),
  REQUESTS_HANDED_OFF(
      Kind.COUNTER,
      "sparkwire_requests_handed_off",
      "Requests of clients of this node that another node computed",
      "service"),
  REQUESTS_RECEIVED(
      Kind.COUNTER,
      "sparkwire_requests_received",
      "Requests of other nodes that readers of this node computed",
      "service"),
  REQUESTS_IN_FLIGHT(
      Kind.GAUGE,
      "sparkwire_requests_in_flight",
      "Requests of clients of this node that were admitted and have not ended",
      "service"),
  REQUESTS_IN_FLIGHT_LIMIT(
      Kind.GAUGE,
      "sparkwire_requests_in_flight_limit",
      "Requests that may be in flight; more get 503",
      "service"),
  REQUESTS_QUEUED(
      Kind.GAUGE, "sparkwire_requests_queued", "Requests that wait for a reader", "service"),
  REQUEST_DURATION(
      Kind.HISTOGRAM,
      "sparkwire_request_duration_seconds",
      "From the head of a request to the beginning of its response",
      "service"),
  QUEUE_DURATION(
      Kind.HISTOGRAM,
      "sparkwire_request_queue_duration_seconds",
      "How long requests waited for a reader of this node",
      "service"),
  PIPELINE_DURATION(
      Kind.HISTOGRAM,
      "sparkwire_request_pipeline_duration_seconds",
      "How long the pipeline of this node took for a request",
      "service"),
  REPLY_DURATION(
      Kind.HISTOGRAM,
      "sparkwire_request_reply_duration_seconds",
      "How long a reply waited for the event loop of its connection",
      "service"),
  REPLIES_LATE(
      Kind.COUNTER,
      "sparkwire_replies_late",
      "Replies to requests that had ended just before",
      "service"),
  REPLIES_UNREAD(
      Kind.COUNTER,
      "sparkwire_replies_unread",
      "Replies that could not be written completely: the client did not read in time, or left",
      "service"),
  REPLIES_TO_OTHERS(
      Kind.COUNTER,
      "sparkwire_replies_to_other_nodes",
      "Replies that this node sent to the nodes that hold the connections"),
  ROWS_DROPPED(
      Kind.COUNTER,
      "sparkwire_rows_dropped",
      "Rows that were dropped because their request had its reply already",
      "service"),
  READERS_OPEN(
      Kind.GAUGE,
      "sparkwire_readers_open",
      "Readers that hand over requests as they arrive",
      "service"),
  EPOCH(
      Kind.GAUGE,
      "sparkwire_epoch",
      "The highest epoch that a reader of this node has begun",
      "service"),
  EPOCH_AGE(
      Kind.GAUGE,
      "sparkwire_epoch_age_seconds",
      "How long ago a reader of this node last began an epoch",
      "service"),
  EPOCH_SHARES(
      Kind.COUNTER,
      "sparkwire_epoch_shares",
      "Shares of epochs that readers of this node have ended, by whether their task succeeded",
      "service",
      "result"),
  EPOCH_GAP(
      Kind.HISTOGRAM,
      "sparkwire_epoch_gap_seconds",
      "From the end of a share of an epoch to the beginning of the next one of the same query and"
          + " partition",
      "service"),
  QUERY_RESTARTS(
      Kind.COUNTER,
      "sparkwire_query_restarts",
      "Times that a query was started again, by the class of the failure that ended it",
      "service",
      "cause"),
  HISTORY_REQUESTS(
      Kind.GAUGE,
      "sparkwire_history_requests",
      "Requests in the history: pulled by readers of this node, and not finished"),
  HISTORY_BYTES_WRITING(
      Kind.GAUGE,
      "sparkwire_history_writing_bytes",
      "Bytes of the shared history that other members have not confirmed"),
  KEPT_REPLIES(
      Kind.GAUGE,
      "sparkwire_kept_replies",
      "Requests with an Idempotency-Key, and asynchronous ones, that this node keeps"),
  KEPT_REPLY_BYTES(
      Kind.GAUGE,
      "sparkwire_kept_reply_bytes",
      "Heap that these take, with backups of what other nodes keep"),
  CONNECTIONS_OPEN(Kind.GAUGE, "sparkwire_connections_open", "Connections of clients"),
  CONNECTIONS_REFUSED(
      Kind.COUNTER,
      "sparkwire_connections_refused",
      "Connections that were closed at once because there were too many"),
  CONNECTIONS_TIMED_OUT(
      Kind.COUNTER,
      "sparkwire_connections_timed_out",
      "Connections that a time-out for heads or idle ones has closed"),
  CONNECTIONS_MADE_ROOM(
      Kind.COUNTER,
      "sparkwire_connections_made_room",
      "Idle connections that were closed for new ones"),
  UNFINISHED_REQUESTS(
      Kind.GAUGE,
      "sparkwire_requests_unfinished",
      "Requests whose body has not arrived completely"),
  UNREAD_BYTES(
      Kind.GAUGE,
      "sparkwire_replies_unread_bytes",
      "Bytes of replies that wait to be written because clients do not read them"),
  LOG_ENTRIES_DROPPED(
      Kind.COUNTER,
      "sparkwire_log_entries_dropped",
      "Requests that a log of requests has left out because it could not be written, or not fast"
          + " enough",
      "log"),
  CALLS(
      Kind.COUNTER,
      "sparkwire_calls",
      "Calls of HTTP on Spark that have ended with all of their attempts, by the status class, or the"
          + " failure where there was no whole answer",
      "status",
      "failure"),
  CALL_DURATION(
      Kind.HISTOGRAM,
      "sparkwire_call_duration_seconds",
      "From when a row asks for such a call to its end"),
  EVENT_LOOP_LAG(
      Kind.HISTOGRAM,
      "sparkwire_event_loop_lag_seconds",
      "How much later than planned an event loop ran a task, looked at ten times a second"),
  BUILD(Kind.INFO, "sparkwire_build", "The release of Sparkwire", "version"),
  NODE(Kind.INFO, "sparkwire_node", "The node: its id, as others name it", "node");

  /** What kind of metric one is. */
  public enum Kind {
    COUNTER("_total"),
    GAUGE(""),
    HISTOGRAM(""),
    INFO("_info");

    private final String suffix;

    Kind(String suffix) {
      this.suffix = suffix;
    }
  }

  private final Kind kind;
  private final String stem;
  private final String help;
  private final String labels;

  Metric(Kind kind, String stem, String help, String... labels) {
    this.kind = kind;
    this.stem = stem;
    this.help = help;
    this.labels = String.join(",", labels);
  }

  public Kind kind() {
    return kind;
  }

  /** Its name without the suffix of its kind. */
  String stem() {
    return stem;
  }

  /** Its name, as queries use it. */
  public String key() {
    return stem + kind.suffix;
  }

  /** A sentence without a full stop. */
  public String help() {
    return help;
  }

  /** The names of its labels, beside those that Prometheus adds. */
  public List<String> labels() {
    return labels.isEmpty() ? List.of() : List.of(labels.split(",", -1));
  }
}
