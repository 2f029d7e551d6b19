package io.sparkwire.requestlog;

import io.sparkwire.exchange.NodeObserver;
import io.sparkwire.metrics.MetricSource;

/** A log of the requests of one node, whose metrics say what it has dropped. Thread-safe. */
public interface RequestLog extends NodeObserver, MetricSource {}
