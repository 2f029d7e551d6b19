/**
 * Calls to web services: settings, retries and batches. No Spark in it.
 *
 * <pre>{@code
 * feeder thread            event loop
 *
 * work.AsyncMap.Work
 *   .start ------------> CallQueue.add
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
 *                        CallOutcome -------> the result of the work
 * }</pre>
 */
package io.sparkwire.httpclient.calls;
