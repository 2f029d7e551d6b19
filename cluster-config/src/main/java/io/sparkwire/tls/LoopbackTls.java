package io.sparkwire.tls;

import javax.net.ssl.SSLContext;

/**
 * TLS between a node and a listener of its own: both ends have the certificate of the node, and
 * take no other.
 */
public record LoopbackTls(ListenerTls listener, SSLContext client) {}
