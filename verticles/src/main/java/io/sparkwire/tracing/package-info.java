/**
 * Traces of requests, made with OpenTelemetry of the times that exchanges keep.
 *
 * <p>Whether a request is sampled is decided first, before anything is allocated for it ({@link
 * io.sparkwire.tracing.FirstSampler}). All ids of a sampled request are chosen at once ({@link
 * io.sparkwire.tracing.SpanIds}) and travel in its header fields, so that any node, and the calls
 * that its pipeline makes, can add spans with the right parents:
 *
 * <pre>
 * POST /path                     the node that has the client, from head to reply
 *  ├─ hand-off                   if another node computes it, until the reply is back
 *  │   ├─ queue                  on the node that computes it
 *  │   └─ pipeline
 *  │       ├─ replay             each further time that it went into a pipeline
 *  │       └─ GET, POST, …       each call of HTTP on Spark
 *  └─ reply                      until the reply is written
 * </pre>
 */
package io.sparkwire.tracing;
