package io.sparkwire.http;

/**
 * Where one listener takes requests, whatever their service says of its own.
 *
 * @param port 0 for any free one
 */
record ListenAddress(String host, int port) {}
