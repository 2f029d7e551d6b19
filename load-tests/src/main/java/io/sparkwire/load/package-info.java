/** The benchmarks, their rounds and their reports. */
package io.sparkwire.load;
