/** Replies that outlive their connection, in the heap of one node or in the cluster. */
package io.sparkwire.replystore;
