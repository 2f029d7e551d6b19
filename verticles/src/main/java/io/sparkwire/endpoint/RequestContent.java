package io.sparkwire.endpoint;

import io.vertx.core.MultiMap;

/**
 * What a client says, as the pipeline gets it.
 *
 * @param headers of the request, which describe this body
 * @param body of which no other part of the node has a reference
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and a copy would cost
public record RequestContent(MultiMap headers, byte[] body) {}
