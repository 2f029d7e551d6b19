/**
 * Where a request begins and ends: what RFC 9110, 9112 and 9113 do not allow is answered or reset
 * here, for every listener, and never reaches a route.
 *
 * <p>In HTTP/1, a connection's handlers are, from the socket on:
 *
 * <pre>
 *   FirstBytes            until it is known that the client speaks HTTP/1
 *   StrictRequestDecoder  bytes to heads and bodies; a fault marks the message
 *   RequestGuard          makes each fault a failure; half-closed and lingering connections
 *   Vert.x                one request after the other; faults go to StrictHttp
 * </pre>
 */
package io.sparkwire.framing;
