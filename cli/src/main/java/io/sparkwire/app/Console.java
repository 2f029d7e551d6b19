package io.sparkwire.app;

import java.io.PrintWriter;

/**
 * Where a command writes: results and progress, and what went wrong. Thread-safe.
 *
 * @param out standard output
 * @param err standard error
 */
record Console(PrintWriter out, PrintWriter err) {}
