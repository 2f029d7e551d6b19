package io.sparkwire.http;

import io.sparkwire.connection.UnreadReplies;
import io.sparkwire.message.RequestId;
import io.sparkwire.message.ServiceReply;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * What all responses on one event loop share.
 *
 * @param unread those that clients have not read
 * @param ids makes the ids of requests without an exchange
 * @param unserved is told of requests that reach no service
 */
record LoopResponses(
    UnreadReplies unread,
    Supplier<RequestId> ids,
    BiConsumer<HttpServerRequest, ServiceReply> unserved) {}
