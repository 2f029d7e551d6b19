/** Nodes and their cluster: start and stop, members, services on offer, limits of connections. */
package io.sparkwire.cluster;
