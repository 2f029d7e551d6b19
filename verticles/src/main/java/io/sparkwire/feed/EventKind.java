package io.sparkwire.feed;

import java.util.List;
import java.util.Locale;

/** The kinds of what a node notes, each kept by itself, so that none displaces another. */
enum EventKind {
  EPOCH(512),
  QUARANTINED(256),
  /** The body of a request that the pipeline has failed on, where the payload log has it. */
  PAYLOAD(64),
  RESTARTED(128),
  SWITCHED(128),
  MEMBER(128);

  static final List<EventKind> ALL = List.of(values());

  private final int kept;

  EventKind(int kept) {
    this.kept = kept;
  }

  /** How many of them a node keeps. */
  int kept() {
    return kept;
  }

  /** Its name in JSON. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
