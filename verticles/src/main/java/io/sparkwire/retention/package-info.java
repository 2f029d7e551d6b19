/**
 * Requests whose replies outlive their connections: with an idempotency key, or asynchronous.
 *
 * <pre>{@code
 * event loop of the connection         DetachedLoop's event loop
 *
 * IdempotentRequests.accept
 *   |-- no key ------------------> next HandOff, as without retention
 *   | handOverRoom
 *   v
 * ReplyStore.change(NEW, running) ---> another has the key: its reply, 409 or 422
 *                                      done: DetachedExchanges.open, Exchange.takeRoom
 *                                        |
 *                                        v
 *                                      next HandOff ... the pipeline ... the Exchange's reply
 *                                        |
 *                                        v
 *                                      ReplyStore.change(holder, answered)
 *                                        |
 * the client's Exchange.answer <---------+
 *
 * AsyncRequests.accept is the same, but answers the client's Exchange with 202 as soon as
 * "running" is stored; the client polls AsyncRequests.find.
 *
 * StoredReplyServices.left, for a lost node: reads what it held, AsyncRequests.takeOver
 * changes the holder to this node, and has it computed here.
 * }</pre>
 */
package io.sparkwire.retention;
