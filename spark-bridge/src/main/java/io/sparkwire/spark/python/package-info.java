/**
 * Python functions in the plan of a served query: steps whose rows are computed by Python workers.
 *
 * <pre>{@code
 * driver: PythonStrategy, for each operator with Python functions above the requests
 *   | PythonStep: a plan.RowStep in its place, with PlannedFunctions
 *   v
 * task: PythonCalls.open
 *
 * feeder thread          Python thread of the task                       task thread
 *
 * PythonRows.start ----> Batches.next: all that is queued
 *                          | Codec.encode: Arrow, or pickled rows
 *                          v
 *                        PythonWorker.send  ===> Python worker
 *                          | two batches in flight at most
 *                          v
 *                        PythonWorker.receive <===
 *                          | Codec.decode
 *                          v
 *                        done with its rows ----------------------------> GivenRows
 *                          |
 *                          | a batch that failed: its rows alone
 *                          v
 *                        FailedRows: the request is quarantined
 * }</pre>
 */
package io.sparkwire.spark.python;
