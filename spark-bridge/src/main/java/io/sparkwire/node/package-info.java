/** The node of a Spark JVM, which opens everything below it. */
package io.sparkwire.node;
