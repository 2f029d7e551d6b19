/** Options of every kind, and the start and stop of a node. */
package io.sparkwire.cluster;
