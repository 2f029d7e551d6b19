/** TCP connections of clients: how many there may be, and for how long they may do nothing. */
package io.sparkwire.connection;
