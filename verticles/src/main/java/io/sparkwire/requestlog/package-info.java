/**
 * Logs of requests: a line for each in the access log, and requests with their replies in the
 * payload log.
 *
 * <pre>{@code
 * event loops              one daemon thread for each log
 *
 * AccessLog,  --offer-->   LogWriter --write, flush--> LogSink: AccessFile, PayloadFiles
 * PayloadLog               (bounded by bytes:                      |
 *                           more are dropped)                      v
 *                                                              AppendedFile
 * }</pre>
 *
 * <p>An event loop notes what it has anyway, makes no text of it, and never waits: neither for a
 * lock nor for a disk. What cannot be written is dropped, counted and said.
 */
package io.sparkwire.requestlog;
