package io.sparkwire.load;

import java.util.Locale;

/** A figure that a point of a dimension can have, and how a table shows it. Immutable. */
enum Figure {
  /** Right replies per second. */
  RATE("requests/s", "%,.0f", true),

  /** Median latency of one caller. */
  P50("p50 µs, one caller", "%,.1f", true),

  /** Median latency while all connections ask. */
  WAIT("p50 ms, all callers", "%,.2f", true),

  /** 99th percentile while all connections ask. */
  TAIL("p99 ms, all callers", "%,.2f", true),

  /** Processor time of the point's servers for one request. */
  CPU("server µs/request", "%,.1f", true),

  /** What all connections of the machine carried for one request, to and fro. */
  BYTES("bytes/request", "%,.0f", false),

  /** What the server's heap holds on to while all connections are open. */
  HEAP("live heap, KiB", "%,.0f", false),

  /** Processor time of one server without requests, on average. */
  IDLE_CPU("idle, % of a core", "%,.2f", false),

  /** What servers without requests send each other. */
  IDLE_BYTES("idle, bytes/s", "%,.0f", false);

  private final String title;
  private final String format;
  private final boolean compared;

  Figure(String title, String format, boolean compared) {
    this.title = title;
    this.format = format;
    this.compared = compared;
  }

  String title() {
    return title;
  }

  /** Whether its ratio to the first point is shown, too. */
  boolean isCompared() {
    return compared;
  }

  String text(double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
