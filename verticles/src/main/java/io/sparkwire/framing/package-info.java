/**
 * Where a request begins and ends: what RFC 9110, 9112 and 9113 do not allow is answered or reset
 * here, for every listener, and never reaches a route.
 *
 * <pre>{@code
 * HTTP/1, event loop                            HTTP/2, event loop
 *
 * socket                                        socket
 *   |                                             |
 *   v                                             v
 * FirstBytes: the preface of HTTP/2, or not --> Vert.x's frames --- MethodCheck: no method,
 *   |                                             |                 the stream is reset
 *   v                                             |
 * StrictRequestDecoder: heads and bodies;         |
 *   | a fault marks the message                   |
 *   v                                             |
 * RequestGuard: a fault becomes a failure;        |
 *   | half-closed and leaving connections         |
 *   v                                             v
 * Vert.x, one request after the other           Http2Heads.check
 *   |                                             |
 *   +-- fault --> StrictHttp.refuse: problem      +-- fault --> StrictHttp.answer, then reset
 *   v                                             v
 * the route                                     the route
 * }</pre>
 */
package io.sparkwire.framing;
