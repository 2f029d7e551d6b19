package io.sparkwire.dispatch;

import io.sparkwire.protocol.NodeId;
import java.util.List;

/** Several notices of one node to another, in one message. Immutable. */
record Notices(NodeId from, List<Notice> list) {}
