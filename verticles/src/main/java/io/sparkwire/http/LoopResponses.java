package io.sparkwire.http;

import io.sparkwire.connection.UnreadReplies;
import io.sparkwire.exchange.NodeObserver;
import io.sparkwire.message.RequestId;
import java.util.function.Supplier;

/**
 * What all responses on one event loop share.
 *
 * @param unread those that clients have not read
 * @param ids makes the ids of requests without an exchange
 * @param observer follows requests, also those that reach no service
 */
record LoopResponses(UnreadReplies unread, Supplier<RequestId> ids, NodeObserver observer) {}
