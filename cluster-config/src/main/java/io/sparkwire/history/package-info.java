/**
 * What the readers of an epoch pulled and nobody finished yet: the memory that a replay starts
 * from.
 */
package io.sparkwire.history;
