/** The servers that benchmarks measure, as processes of their own. */
package io.sparkwire.load.server;
