package io.sparkwire.history;

import io.sparkwire.protocol.PendingRequest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;

/**
 * One attempt that replays unfinished requests: what it has still to replay, and what it has handed
 * over.
 *
 * <p>Finished requests are dropped whenever the list of what was handed over has doubled.
 * Thread-safe: the task thread writes, others look.
 */
final class HeapAttempt implements HeapShare {

  private static final int FIRST_SWEEP = 64;

  private final Queue<PendingRequest> toReplay;
  private final List<PendingRequest> handedOver = new ArrayList<>();
  private int sweepAt = FIRST_SWEEP;
  private boolean ended;

  HeapAttempt(Collection<PendingRequest> unfinished) {
    toReplay = new ArrayDeque<>(unfinished);
  }

  @Override
  public synchronized PendingRequest replay() {
    PendingRequest request = toReplay.poll();
    while (request != null && !request.isOpen()) {
      request = toReplay.poll();
    }
    return request;
  }

  @Override
  public boolean takesNew() {
    return true;
  }

  @Override
  public int timesInVain() {
    return 0;
  }

  @Override
  public synchronized boolean pulled(PendingRequest request) {
    if (ended) {
      return false;
    }
    if (handedOver.size() >= sweepAt) {
      sweep();
    }
    handedOver.add(request);
    return true;
  }

  private void sweep() {
    handedOver.removeIf(request -> !request.isOpen());
    sweepAt = Math.max(FIRST_SWEEP, 2 * handedOver.size());
  }

  @Override
  public synchronized List<PendingRequest> handedOver() {
    sweep();
    return List.copyOf(handedOver);
  }

  @Override
  public synchronized List<PendingRequest> giveBack() {
    List<PendingRequest> left = toReplay.stream().filter(PendingRequest::isOpen).toList();
    toReplay.clear();
    return left;
  }

  @Override
  public void complete() {} // what is unfinished then, others in the pipeline may still answer

  /** First what was handed over, then what was still to be replayed. */
  @Override
  public synchronized List<PendingRequest> unfinished() {
    List<PendingRequest> unfinished = new ArrayList<>(handedOver());
    toReplay.stream().filter(PendingRequest::isOpen).forEach(unfinished::add);
    return unfinished;
  }

  @Override
  public synchronized List<PendingRequest> end() {
    ended = true;
    return unfinished();
  }
}
