package io.sparkwire.dispatch;

import io.sparkwire.message.NodeId;
import java.util.List;

/** Several notices of one node to another, in one message. Immutable. */
record NoticeBatch(NodeId from, List<Notice> list) {}
