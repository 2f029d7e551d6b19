/**
 * TLS of a node's listeners: its options, its certificates, and how these are replaced while
 * listeners use them.
 *
 * <pre>{@code
 * TlsOptions --> Tls, one for each node
 *                 |   has Reloaded read the files (CertificateFiles) and replace its Certificates
 *                 v
 *                ListenerTls, one for each kind of listener
 *                 |
 *                 v
 *                CurrentContext: each new connection gets an engine of the Certificates of the moment
 * }</pre>
 */
package io.sparkwire.tls;
