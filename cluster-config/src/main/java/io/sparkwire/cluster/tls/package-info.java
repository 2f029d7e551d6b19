/**
 * How the members of Hazelcast that nodes are speak TLS, and what becomes of those that cannot
 * prove that they are nodes.
 *
 * <pre>{@code
 * socket --> TlsDecoder --> Hazelcast's handlers --> TlsEncoder --> socket
 *                 \                                  /
 *                  +---- TlsLink: one SSLEngine ----+
 * }</pre>
 */
package io.sparkwire.cluster.tls;
