package io.sparkwire.dispatch;

import io.sparkwire.message.NodeId;

/** A sender of notices to other nodes. Thread-safe; does not wait. */
@FunctionalInterface
interface Notifier {
  void send(NodeId node, Notice notice);
}
