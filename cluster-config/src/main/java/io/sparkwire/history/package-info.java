/**
 * The history of epochs: the unfinished requests that readers have pulled, from which a replay
 * starts.
 *
 * <pre>{@code
 * task thread                                 thread "sparkwire-history", in a cluster
 *
 * EpochHistory.begin(EpochShare, Replay)
 *   | an Attempt that inherits what the
 *   | one before left; after a lost JVM,
 *   | what Claims grants of its chunks
 *   v
 * Attempt.replay: earlier requests first
 * Attempt.draw: then new ones
 *   |
 * Attempt.pulled(request)
 *   |-- Replay.UNFINISHED --> heap -- 5 ms --> ChunkStore.write, what is still open
 *   |     (HistoryMode.SYNC waits for it)      ChunkStore.remove, what has ended
 *   |
 *   |-- Replay.EXACT: the task thread writes the ShareRecord in "draw", before the row goes on
 *   v
 * pipeline
 *   |
 *   |-- task ends well: complete, giveBack
 *   |-- task fails: failed; the next begin of the same EpochShare replays
 *   v
 * EpochHistory.committed(service, query, epoch), from the driver: forgets these epochs
 * }</pre>
 */
package io.sparkwire.history;
