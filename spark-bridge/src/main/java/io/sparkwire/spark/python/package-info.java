/**
 * Python functions in the plan of a served query: steps whose rows are computed by Python workers.
 *
 * <pre>{@code
 * driver: PythonStrategy, for each operator with Python functions above the requests
 *   | PythonStep: a plan.RowStep in its place, with PlannedFunctions
 *   v
 * task: PythonCalls.open
 *
 * the task's BatchThread: PythonTurns takes a worker for a WorkerTurn
 *   | Codec.encode: Arrow, or pickled rows
 *   v
 * PythonWorker.send  ===> Python worker
 *   | two batches in flight at most
 *   v
 * PythonWorker.receive <===
 *   | Codec.decode
 *   v
 * batch.RowResult for each row
 * }</pre>
 */
package io.sparkwire.spark.python;
