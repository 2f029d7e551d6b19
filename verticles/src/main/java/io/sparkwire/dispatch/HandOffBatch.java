package io.sparkwire.dispatch;

import java.util.List;

/** Several requests of one node to one worker, in one message. Immutable. */
record HandOffBatch(List<HandOffMessage> list) {}
