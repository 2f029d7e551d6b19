package io.sparkwire.cluster;

/** The role of a node. */
public enum Role {
  /** Computes requests, and keeps a share of what the cluster remembers. */
  WORKER,
  /** Runs the queries that executors compute, and keeps a share of the data too. */
  DRIVER,
  /** Takes requests over HTTP, and keeps nothing while there is a worker. */
  GATEWAY,
  /** Reads the status of the cluster, and leaves again. */
  OBSERVER;

  /** Whether it joins without a share of the data, so that it comes and goes at no cost. */
  boolean isLite() {
    return this == GATEWAY || this == OBSERVER;
  }
}
