/** The protocols by which clients talk to all services of a listener. */
package io.sparkwire.protocol;
