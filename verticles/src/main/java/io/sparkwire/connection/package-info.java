/**
 * TCP connections of clients: how many there may be, and for how long they may do nothing.
 *
 * <pre>{@code
 * event loop of the connection
 *
 * accepted --> Connections.accept --- over the limit: closed
 *                |
 *                | three quarters full: ConnectionLoop.makeRoom, on every loop
 *                v
 *              Connection, the handler next to the socket
 *                | FRESH, IDLE, HEAD: in its ConnectionLoop's list; BUSY: not
 *                v
 *              ConnectionLoop, one timer for each event loop
 *                |
 *                +--> Connection.isOverdue: closes it
 *                +--> its Sweepers, such as UnreadReplies: end what is past its time-out
 * }</pre>
 */
package io.sparkwire.connection;
