package io.sparkwire.history;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.sparkwire.message.PendingRequest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * One attempt of which other nodes know: one on the heap, what a lost JVM left to it, and the
 * chunks that it has written.
 *
 * <p>What is finished before it is written never is. Thread-safe.
 */
final class SharedUnfinishedAttempt implements EpochHistory.Attempt {

  /*
   * The task thread records, the thread of the history writes and removes, and a new attempt takes
   * over, each at any time.
   *
   * - A request is on the heap before it is listed as unwritten. In between, an attempt that takes
   *   over on this node finds it on the heap; only a lost JVM loses it, which a history that writes
   *   behind allows.
   * - Writing, removing and taking over share one lock. Otherwise the writer could take the
   *   unwritten requests, another thread end the attempt and remove its chunks, and the writer then
   *   store a chunk that is never removed: a later attempt would replay committed requests.
   * - "ended" is set by the thread that removes the chunks. The unwritten requests of an ended
   *   attempt are dropped, since the heap has handed them to its successor.
   * - Writes and removals of one chunk are called in the order of the lock, so a chunk that was
   *   made smaller is sent after its first form, and its removal after both.
   * - Whether a request is open is read when it is written: one that is answered within those
   *   milliseconds never leaves the heap.
   */

  private final EpochShare key;
  private final String name;
  private final EpochHistory.Attempt heap;
  private final Consumer<SharedUnfinishedAttempt> recorded;

  /** What a lost JVM left. */
  private final AttemptRequests left = AttemptRequests.unfinished(List.of());

  @GuardedBy("this")
  private final List<Chunk> chunks = new ArrayList<>();

  @GuardedBy("this")
  private List<PendingRequest> unwritten = new ArrayList<>();

  @GuardedBy("this")
  private int written;

  @GuardedBy("this")
  private boolean ended;

  /**
   * @param name unique among all attempts of all nodes; sorts after earlier ones of the same node
   * @param recorded called after each request that was recorded
   */
  SharedUnfinishedAttempt(
      EpochShare key,
      String name,
      EpochHistory.Attempt heap,
      Consumer<SharedUnfinishedAttempt> recorded) {
    this.key = key;
    this.name = name;
    this.heap = heap;
    this.recorded = recorded;
  }

  EpochShare key() {
    return key;
  }

  /** Takes over what others have left: requests to replay, and chunks that hold them. */
  synchronized void inherit(Collection<PendingRequest> requests, Collection<Chunk> theirs) {
    left.addToReplay(requests);
    chunks.addAll(theirs);
  }

  @Override
  public PendingRequest replay() {
    PendingRequest request = heap.replay();
    return request == null ? left.nextOpen() : request;
  }

  @Override
  public boolean takesNew() {
    return heap.takesNew();
  }

  @Override
  public int timesInVain() {
    return heap.timesInVain();
  }

  @Override
  public void complete() {
    heap.complete();
  }

  @Override
  public boolean pulled(PendingRequest request) {
    if (!heap.pulled(request)) {
      return false;
    }
    synchronized (this) {
      unwritten.add(request);
    }
    recorded.accept(this);
    return true;
  }

  @Override
  public List<PendingRequest> handedOver() {
    return heap.handedOver();
  }

  @Override
  public boolean mayHaveHandedOverMore() {
    return heap.mayHaveHandedOverMore();
  }

  @Override
  public List<PendingRequest> giveBack() {
    List<PendingRequest> all = new ArrayList<>(heap.giveBack());
    all.addAll(takeLeft());
    return all;
  }

  /** What a lost JVM left and this attempt did not hand over. */
  List<PendingRequest> takeLeft() {
    return AttemptRequests.open(left.takeLeft());
  }

  int sizeOfLeft() {
    return left.unfinished().size();
  }

  /**
   * Writes what is unwritten and unfinished, mostly as one chunk. Under the same lock as the
   * removal of chunks, or one could be written after it was removed.
   */
  synchronized CompletionStage<Void> writeTo(ChunkStore store) {
    List<PendingRequest> open = unwritten.stream().filter(PendingRequest::isOpen).toList();
    unwritten = new ArrayList<>();
    if (ended || open.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    List<CompletableFuture<Void>> writes = new ArrayList<>();
    for (List<PendingRequest> part : Chunk.split(open)) {
      writes.add(write(part, store).toCompletableFuture());
    }
    return CompletableFuture.allOf(writes.toArray(CompletableFuture[]::new));
  }

  @GuardedBy("this")
  private CompletionStage<Void> write(List<PendingRequest> part, ChunkStore store) {
    written++;
    Chunk chunk = Chunk.of(ChunkKey.of(key, String.format("%s-%08d", name, written)), part);
    chunks.add(chunk);
    return store.write(chunk.key(), chunk.bytes());
  }

  /** Removes chunks, and the bodies in them, that are no longer needed. */
  synchronized void removeFinishedFrom(ChunkStore store) {
    chunks.removeIf(
        chunk -> {
          boolean finished = chunk.isFinished();
          if (finished) {
            store.remove(chunk.key());
          }
          return finished;
        });
    chunks.replaceAll(chunk -> chunk.isMostlyFinished() ? rewritten(chunk, store) : chunk);
  }

  private static Chunk rewritten(Chunk chunk, ChunkStore store) {
    Chunk rest = chunk.withoutFinished();
    store.write(rest.key(), rest.bytes());
    return rest;
  }

  /** Removes all chunks, and writes no more. */
  synchronized void removeAllFrom(ChunkStore store) {
    takeAllChunks().forEach(chunk -> store.remove(chunk.key()));
  }

  /** Gives its chunks to another attempt, and writes no more. */
  synchronized List<Chunk> takeAllChunks() {
    ended = true;
    List<Chunk> all = List.copyOf(chunks);
    chunks.clear();
    return all;
  }
}
