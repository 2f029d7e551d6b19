package io.sparkwire.dispatch;

import io.sparkwire.message.NodeId;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Another node that computes requests, as this node knows it: how many requests it was given, and
 * whether it has answered. Thread-safe.
 */
final class Worker {

  /** How long a worker that did not answer is asked only if there is no other. */
  static final long DOUBT_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final NodeId node;
  private final AtomicInteger outstanding = new AtomicInteger();
  private volatile boolean doubted;
  private volatile long doubtedAt;

  Worker(NodeId node) {
    this.node = node;
  }

  NodeId node() {
    return node;
  }

  void given() {
    outstanding.incrementAndGet();
  }

  void done() {
    outstanding.decrementAndGet();
  }

  /** How many requests of this node it has and has not answered. */
  int outstanding() {
    return outstanding.get();
  }

  void doubt(long now) {
    doubtedAt = now;
    doubted = true;
  }

  void trust() {
    if (doubted) {
      doubted = false;
    }
  }

  /** Whether it has not been in doubt since it was last heard of. */
  boolean isTrusted() {
    return !doubted;
  }

  boolean isDoubted(long now) {
    return doubted && now - doubtedAt < DOUBT_NANOS;
  }
}
