/**
 * The command line: {@code sparkwire serve} and {@code sparkwire demo}, from arguments to a running
 * service and back to an exit code.
 */
package io.sparkwire.app;
