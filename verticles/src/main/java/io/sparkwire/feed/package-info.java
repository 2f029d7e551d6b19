/**
 * What a node has done lately, kept in bounds, and how its console and those of other nodes get it.
 */
package io.sparkwire.feed;
