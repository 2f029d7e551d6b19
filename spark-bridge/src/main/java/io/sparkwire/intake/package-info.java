/**
 * Intakes of a Spark JVM: what readers of partitions pull from them, and replies. Knows no Spark.
 *
 * <pre>{@code
 * event loop                         task thread
 *
 * ServedService.offer                EpochReader.take
 *   |                                  | answers it if the row before was left out
 *   v                                  v
 * ServedVersion's Intake             Quarantine.admitted: requests to replay, suspects alone
 *   |  bounded queue                   | none left
 *   +------- Intake.poll ----------> Attempt.draw
 *   |                                  |
 *   +- wakes one parked reader, if     v
 *      none is awake; another after  Attempt.pulled: in the history before the pipeline sees it
 *      1 ms (Intake.Waiter.park)       |
 *                                      v
 *                                    Spark's row, and the pipeline
 *
 *                                    task ends well: EpochReader.succeeded
 *                                      Attempt.complete; the rest back to the Intake
 *                                    task fails: EpochReader.failed
 *                                      Quarantine.failed: one request alone is counted, at the
 *                                      limit it gets a 500; several become suspects
 * }</pre>
 */
package io.sparkwire.intake;
