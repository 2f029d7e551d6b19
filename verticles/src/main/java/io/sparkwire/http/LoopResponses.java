package io.sparkwire.http;

import io.sparkwire.connection.UnreadReplies;
import io.sparkwire.message.RequestId;
import java.util.function.Supplier;

/**
 * What all responses on one event loop share.
 *
 * @param unread those that clients have not read
 * @param ids makes the ids of requests without an exchange
 */
record LoopResponses(UnreadReplies unread, Supplier<RequestId> ids) {}
