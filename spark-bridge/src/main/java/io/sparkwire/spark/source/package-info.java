/**
 * The data source and sink that Spark reads requests from and writes replies to.
 *
 * <pre>{@code
 * driver, thread of the query             task thread of each partition
 *
 * SparkwireTable --> SparkwireScan
 *   |
 *   v
 * SparkwireMicroBatchStream, or
 * SparkwireContinuousStream
 *   | latestOffset: the next epoch
 *   | planInputPartitions                 SparkwireStreamingWrite's factory
 *   v                                       |
 * SparkwireInputPartition ==== Spark ===>   v  before the first "next" of the reader
 *                                         SparkwireDataWriter: marks its task in RunningTasks
 *
 *                                         RequestReader: poll (drained) or take (open)
 *                                           | intake.EpochReader
 *                                           v
 *                                         RequestRow ... the pipeline ... the reply's row
 *                                           |
 *                                           v
 * commit(SparkwireOffset)                 SparkwireDataWriter.write --> ServingNode.answer
 *   | control.ServiceControl.committed
 *   v
 * the history forgets the epoch
 * }</pre>
 */
package io.sparkwire.spark.source;
