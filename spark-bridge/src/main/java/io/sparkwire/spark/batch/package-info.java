/**
 * Steps whose rows are computed in batches, on a thread of their own: by Python functions and by
 * deep networks.
 *
 * <pre>{@code
 * feeder thread           BatchThread of the task                        task thread
 *
 * BatchedRows.start ----> Batches.take: all that is queued
 *                           |
 *                         BatchComputation.run
 *                           |
 *                           | a result for each row ------------------> GivenRows: rows, one by one
 *                           |                                             | left out above: LeftOutRows
 *                           |
 *                           | a batch that failed
 *                         FailedBatches: its rows alone; then quarantine
 * }</pre>
 */
package io.sparkwire.spark.batch;
