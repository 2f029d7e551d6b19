/**
 * The log of the program, by Log4j: when it is shown, in which format, and from which levels on.
 */
package io.sparkwire.logging;
