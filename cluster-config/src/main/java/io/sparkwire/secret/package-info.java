/**
 * The secret of a cluster, and what every node derives from it alike.
 *
 * <pre>{@code
 * ClusterSecret --HKDF--> SecretAuthority: issues this node's certificate, which the others trust
 *              \--HKDF--> SealedValues: encrypts what the node keeps in shared maps
 * }</pre>
 */
package io.sparkwire.secret;
