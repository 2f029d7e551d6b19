package io.sparkwire.history;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.sparkwire.message.PendingRequest;
import io.sparkwire.message.RequestId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * An exact attempt that all nodes know of: it records requests in its share before it hands them
 * over, so the next attempt at the share hands over the same ones.
 *
 * <p>All that is queued is recorded at once. Once another attempt has begun, wherever that is, this
 * one takes nothing more, and its task cannot succeed.
 */
final class SharedExactAttempt implements TrackedAttempt {

  /*
   * The record in Hazelcast is written before a row is handed over, and no lock is held while that
   * blocks: other threads read the requests meanwhile.
   *
   * - "unrecorded" gets the batch before anything is written. If the write throws, or the task is
   *   interrupted in it, the batch is neither in the record nor in the intake; "giveBack" finds it.
   * - Each request is assigned to this share in the map of all requests before the record is
   *   written. In the other order, two shares could each record a request that both have drawn.
   * - What is written is built from the requests before the write, and they grow after it. Only
   *   the task thread adds requests, and it is the one that writes, so none is added in between.
   * - A write succeeds only while this attempt owns the record. An attempt that was frozen finds
   *   that out here: "overtaken" ends it, its batch goes back, and "complete" throws, so Spark does
   *   not commit a task whose share another attempt reads.
   * - Recorded requests return to the intake only after the record without them is written;
   *   otherwise a successor could replay what another share has taken by then.
   */

  /** Bytes of bodies after which it takes no more at once. */
  private static final long MOST_BATCH = AttemptRequests.MOST_BYTES / 8;

  private final ShareOwnership hold;
  private final RequestsInOtherShares held;
  private final AttemptRequests requests;
  private final boolean sealed;
  private final int timesInVain;

  /** What was drawn and may not be in the record. */
  @GuardedBy("this")
  private final List<PendingRequest> unrecorded = new ArrayList<>();

  @GuardedBy("this")
  private boolean overtaken;

  @GuardedBy("this")
  private boolean grown;

  /**
   * @param record as it was when the attempt began
   * @param requests that are in it
   */
  SharedExactAttempt(
      ShareOwnership hold,
      RequestsInOtherShares held,
      ShareRecord record,
      Collection<PendingRequest> requests) {
    this.hold = hold;
    this.held = held;
    this.sealed = record.sealed();
    this.timesInVain = record.timesInVain();
    this.requests = AttemptRequests.all(requests, sealed);
  }

  @Override
  public AttemptRequests requests() {
    return requests;
  }

  @Override
  public PendingRequest replay() {
    return requests.next();
  }

  @Override
  public synchronized boolean takesNew() {
    return !overtaken && !sealed && requests.hasRoom();
  }

  /** What is new is not to blame for what has failed before. */
  @Override
  public synchronized int timesInVain() {
    return grown ? 0 : timesInVain;
  }

  @Override
  public PendingRequest draw(Supplier<PendingRequest> source) {
    List<PendingRequest> batch = new ArrayList<>();
    long size = 0;
    PendingRequest request = null;
    while (batch.size() < AttemptRequests.MOST_REQUESTS
        && size < MOST_BATCH
        && (request = source.get()) != null) {
      if (request.retain()) {
        batch.add(request);
        size += request.request().body().length;
      }
    }
    if (!batch.isEmpty()) {
      record(batch);
    }
    return replay();
  }

  private void record(List<PendingRequest> batch) {
    synchronized (this) {
      unrecorded.addAll(batch);
    }
    List<PendingRequest> own = taken(batch);
    List<PendingRequest> all = new ArrayList<>(requests.content());
    all.addAll(own);
    boolean recorded = hold.write(all, false);
    synchronized (this) {
      overtaken = !recorded;
      if (recorded) {
        unrecorded.clear();
        requests.addToReplay(own);
        grown = true;
      }
    }
  }

  /** Those that are in no other share, and were not in this. */
  private List<PendingRequest> taken(List<PendingRequest> batch) {
    Map<String, Assignment> assignments = hold.take(batch);
    Assignment toThis = Assignment.to(hold.share());
    Set<RequestId> known = new HashSet<>(ShareOwnership.ids(requests.content()));
    List<PendingRequest> own = new ArrayList<>();
    for (PendingRequest request : batch) {
      Assignment assignment = assignments.get(request.request().id().toString());
      if (!toThis.equals(assignment)) {
        held.add(request, assignment.share());
      } else if (known.add(request.request().id())) {
        own.add(request);
      }
    }
    return own;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException if another attempt has begun since
   */
  @Override
  public void complete() {
    if (!sealed && !hold.write(requests.allHandedOver(), true)) {
      throw new IllegalStateException(
          "another attempt has begun at partition %d of epoch %d"
              .formatted(hold.share().partition(), hold.share().epoch()));
    }
    requests.complete();
  }

  @Override
  public void failed() {
    List<PendingRequest> all = requests.content();
    List<PendingRequest> left =
        all.stream().filter(request -> !request.suspicion().isQuarantined()).toList();
    if (!sealed && left.size() < all.size()) {
      hold.write(left, false);
    }
  }

  @Override
  public List<PendingRequest> giveBack() {
    List<PendingRequest> left = requests.takeLeft();
    List<PendingRequest> back = takeUnrecorded();
    if (!left.isEmpty()
        && (requests.isComplete() || hold.write(requests.allHandedOver(), sealed))) {
      hold.release(left);
      back.addAll(left);
    }
    return AttemptRequests.open(back);
  }

  private synchronized List<PendingRequest> takeUnrecorded() {
    List<PendingRequest> taken = new ArrayList<>(unrecorded);
    unrecorded.clear();
    return taken;
  }

  /** Ends it and removes its share; returns what is unfinished. */
  List<PendingRequest> dissolve() {
    List<PendingRequest> unfinished = takeUnrecorded();
    List<PendingRequest> all = requests.content();
    List<PendingRequest> open = requests.end();
    if (hold.write(List.of(), false)) { // otherwise another attempt owns it
      hold.release(all);
      hold.store().remove(hold.share());
      unfinished.addAll(open);
    }
    return AttemptRequests.open(unfinished);
  }
}
