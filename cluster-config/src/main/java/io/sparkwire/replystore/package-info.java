/**
 * Replies that outlive their connection, in the heap of one node or in the cluster.
 *
 * <p>The life of one key, every arrow one atomic {@link io.sparkwire.replystore.ReplyStore#change}:
 *
 * <pre>{@code
 *                change(key, NEW, running)
 *   no entry ------------------------------> running, held by a node
 *      ^                                      |   |   ^
 *      |   change(key, holder, null):         |   |   | takenOver: the holder was lost,
 *      +---- the reply may not be kept -------+   |   | or has released it
 *      |                                          |   |
 *      |                                          |   +--- released: without a holder
 *      |                                          |
 *      |                                          | change(key, holder, answered)
 *      |                                          v
 *      +---- time over, or too many bytes ---- answered
 *
 * HazelcastReplyStore: the change is a StoreUpdate, which runs on the partition thread of the
 * member that owns the key; its stage completes there. HeapReplyStore: the caller's thread.
 * }</pre>
 */
package io.sparkwire.replystore;
