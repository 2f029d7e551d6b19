/**
 * The hand-off of open exchanges to readers of this node or of others, and replies on their way
 * back.
 *
 * <pre>{@code
 * node that holds the exchange                   worker
 *
 * Dispatcher.to(service), on the event loop
 *   |
 *   |-- own intake has room --> event bus --> LocalIntake.offer
 *   v
 * OutstandingExchanges
 *   | WorkerAssignment: the one with the fewest  event loop of the consumers:
 *   |-- HandOffSender ==== HandOffBatch =======> RemoteRequests.receive
 *   |                                              |
 *   |                                              v
 *   |                                            LocalIntake.offer
 *   |
 *   |                                            task thread or event loop:
 *   |<==== NoticeBatch: ACCEPTED, FULL, ======== NoticeSender
 *   |                   RETURNED, REPLY
 *   v
 * ended: NoticeSender ==== FINISHED ===========> RemoteRequests.finished, if another
 *                                                node has answered
 *
 * A check every quarter of a second offers again what no worker has accepted within 1 s,
 * or answered within 5 s.
 * ==== one event-bus message for all that was added while the event loop was busy
 * }</pre>
 */
package io.sparkwire.dispatch;
