/** All that follows the requests of a node, as its options ask. */
package io.sparkwire.observers;
