/**
 * The hand-off of open exchanges to readers of this node or of others, and replies on their way
 * back.
 */
package io.sparkwire.dispatch;
