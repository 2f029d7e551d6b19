/**
 * What differs between the releases of Spark that Sparkwire runs on: classes that moved, methods
 * that have other parameters, and what an older release lacks.
 *
 * <p>Sparkwire is compiled with one release. What the others have elsewhere is found once, when a
 * class of this package is loaded, and called by a method handle, on the driver only: once for a
 * query or an epoch, never for a row. What an older release lacks is named after a check that it is
 * there, because a JVM looks for a class only when it first needs it.
 */
package io.sparkwire.spark.version;
