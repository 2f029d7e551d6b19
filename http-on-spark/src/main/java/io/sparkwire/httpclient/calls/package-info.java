/**
 * Calls to web services: settings, retries, batches and order. No Spark in it.
 *
 * <pre>{@code
 * feeder thread            event loop                         thread that takes results
 *
 * Feeder, while there
 *   | is room for it
 *   v
 * Work.start ----------> CallQueue.add
 *                          | in flight < concurrency, and
 *                          | the Batching is full or due
 *                          v
 *                        Caller.call
 *                          |
 *                          v
 *                        RepeatedCall <---------+
 *                          |                    | Retries.again: after the pause,
 *                          v                    | if it ends before the deadline;
 *                        Attempt.send ----------+ or a redirect, at once
 *                          |
 *                          v
 *                        CallOutcome -------> Results.Place.fill
 *                                               | OrderedResults, ReadyResults
 *                                               v
 *                                             AsyncMap.next
 * room <----------------------------------------+ a quarter of the window at a time
 * }</pre>
 */
package io.sparkwire.httpclient.calls;
