/** What failures say, and the events that a node logs under stable names. */
package io.sparkwire.log;
