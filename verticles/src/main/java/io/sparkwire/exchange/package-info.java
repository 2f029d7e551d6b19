/**
 * A request and its reply: admission, waiting, deadline and hand-off.
 *
 * <pre>{@code
 * event loop of the connection                  any thread
 *
 * http.ServiceRoute
 *   | ExchangeQueue.open(Responder)
 *   v
 * Exchange <--- Exchanges: by number <--------- Exchanges.answer(id, reply)
 *   | admit, received(request)                    |
 *   v                                             | Exchange.answer: one compare-and-set,
 * HandOff.accept                                  | only the first wins
 *                                                 v
 * ExchangeQueue's timer --> Exchange.expire --> ExchangeLoop.answered
 *                                                 |
 *   +---------- one wake-up for many -------------+
 *   v
 * Exchange.finish: leaves queue and Exchanges, gives its room back
 *   |
 *   v
 * Responder.send                    a client that hangs up: Exchange.abandon, no Responder
 * }</pre>
 */
package io.sparkwire.exchange;
