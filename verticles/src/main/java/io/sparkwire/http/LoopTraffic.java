package io.sparkwire.http;

import io.sparkwire.connection.UnreadReplies;

/**
 * What one event loop of a node has of requests that are not complete, and of replies that are not
 * read.
 */
record LoopTraffic(UnfinishedBodies unfinished, UnreadReplies unread) {}
