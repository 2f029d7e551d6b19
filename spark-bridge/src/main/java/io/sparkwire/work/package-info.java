/**
 * Work on a stream of inputs that is done elsewhere, many pieces of it at a time. Knows no Spark.
 *
 * <pre>{@code
 * feeder thread            wherever the work is done     thread that takes results
 *
 * Feeder, while there
 *   | is room for it
 *   v
 * AsyncMap.Work.start ---> ... ------------------------> Results.Place.fill
 *                                                          | OrderedResults, ReadyResults
 *                                                          v
 *                                                        AsyncMap.next
 * room <---------------------------------------------------+ a quarter of the window at a time
 * }</pre>
 */
package io.sparkwire.work;
