package io.sparkwire.http;

/** What one event loop of a node has of requests that are not complete, and of responses. */
record LoopTraffic(UnfinishedBodies unfinished, LoopResponses responses) {}
