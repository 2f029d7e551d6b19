/**
 * The history of epochs: the unfinished requests that readers have pulled, from which a replay
 * starts.
 */
package io.sparkwire.history;
