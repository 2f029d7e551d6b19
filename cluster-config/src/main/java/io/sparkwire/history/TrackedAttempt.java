package io.sparkwire.history;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.sparkwire.message.PendingRequest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.stream.Stream;

/**
 * An attempt as the heap keeps it, until another takes over: the requests that it has still to
 * replay, and those that it has handed over.
 *
 * <p>Thread-safe by its own lock: the task thread writes, others read.
 */
abstract class TrackedAttempt implements EpochHistory.Attempt {

  @GuardedBy("this")
  final Queue<PendingRequest> toReplay;

  @GuardedBy("this")
  final List<PendingRequest> handedOver = new ArrayList<>();

  @GuardedBy("this")
  private boolean ended;

  @GuardedBy("this")
  private boolean complete;

  TrackedAttempt(Collection<PendingRequest> toReplay) {
    this.toReplay = new ArrayDeque<>(toReplay);
  }

  /** Makes room for a request that is about to be recorded, and takes note of it. */
  @GuardedBy("this")
  abstract void recording(PendingRequest request);

  @Override
  public final synchronized boolean pulled(PendingRequest request) {
    if (ended) {
      return false;
    }
    recording(request);
    handedOver.add(request);
    return true;
  }

  @Override
  public synchronized List<PendingRequest> handedOver() {
    return open(handedOver.stream());
  }

  /** The task has ended well. Others in the pipeline may still answer what it handed over. */
  @Override
  public void complete() {
    synchronized (this) {
      complete = true;
    }
  }

  final synchronized boolean isComplete() {
    return complete;
  }

  /** The unfinished requests of all that it handed over, once its task has ended well. */
  final synchronized List<PendingRequest> unanswered() {
    return complete ? handedOver() : List.of();
  }

  @Override
  public List<PendingRequest> giveBack() {
    return open(takeLeft().stream());
  }

  /** Takes out what it did not hand over, finished or not. */
  final synchronized List<PendingRequest> takeLeft() {
    List<PendingRequest> left = List.copyOf(toReplay);
    toReplay.clear();
    return left;
  }

  /** What is unfinished: first what was handed over, then what was still to be replayed. */
  final synchronized List<PendingRequest> unfinished() {
    List<PendingRequest> unfinished = new ArrayList<>(handedOver());
    unfinished.addAll(open(toReplay.stream()));
    return unfinished;
  }

  /** Records nothing from now on; returns what is unfinished. */
  final synchronized List<PendingRequest> end() {
    ended = true;
    return unfinished();
  }

  static List<PendingRequest> open(Stream<PendingRequest> requests) {
    return requests.filter(PendingRequest::isOpen).toList();
  }
}
