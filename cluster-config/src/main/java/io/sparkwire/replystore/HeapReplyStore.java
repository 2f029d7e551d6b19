package io.sparkwire.replystore;

import java.time.Duration;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;

/**
 * Kept replies on the heap of one JVM.
 *
 * <p>A cache that weighs how often its entries are read would drop new replies first, which are the
 * ones that clients ask for again; so the oldest reply is dropped first. Its lock is held for one
 * map operation. Thread-safe; nothing blocks.
 */
public final class HeapReplyStore implements ReplyStore {

  private static final int ENTRY_BYTES = 512;
  private static final int FIRST_SWEEP = 64;

  private final long mostBytes;
  private final LongSupplier nanoTime;
  private final Map<String, Timed> entries = new LinkedHashMap<>();
  private long bytes;
  private int sweepAt = FIRST_SWEEP;

  /** What is kept, and until when. */
  private record Timed(StoredReply kept, long end) {

    boolean isOver(long now) {
      return end - now <= 0;
    }

    long weight() {
      return ENTRY_BYTES + kept.weight();
    }
  }

  /**
   * @param mostBytes that it takes, but for what is running
   * @param nanoTime a clock as {@link System#nanoTime}
   */
  public HeapReplyStore(long mostBytes, LongSupplier nanoTime) {
    this.mostBytes = mostBytes;
    this.nanoTime = nanoTime;
  }

  @Override
  public synchronized CompletionStage<Outcome> change(
      String key, String holder, StoredReply next, Duration time) {
    long now = nanoTime.getAsLong();
    Outcome outcome = Outcome.of(at(key, now), holder);
    if (outcome.done()) {
      remove(key);
      if (next != null) {
        put(key, new Timed(next, now + time.toNanos()), now);
      }
    }
    return CompletableFuture.completedFuture(outcome);
  }

  private StoredReply at(String key, long now) {
    Timed timed = entries.get(key);
    return timed == null || timed.isOver(now) ? null : timed.kept();
  }

  private boolean remove(String key) {
    Timed removed = entries.remove(key);
    bytes -= removed == null ? 0 : removed.weight();
    return removed != null;
  }

  private void put(String key, Timed timed, long now) {
    entries.put(key, timed);
    bytes += timed.weight();
    if (entries.size() >= sweepAt) {
      removeWhile(now, false);
      sweepAt = Math.max(FIRST_SWEEP, 2 * entries.size());
    }
    if (bytes > mostBytes) {
      removeWhile(now, true);
    }
  }

  /** Removes expired replies, and the oldest answered ones while there are too many. */
  private void removeWhile(long now, boolean tooMuch) {
    Iterator<Timed> all = entries.values().iterator();
    while (all.hasNext() && (!tooMuch || bytes > mostBytes)) {
      Timed timed = all.next();
      if (timed.isOver(now) || (tooMuch && timed.kept().isAnswered())) {
        all.remove();
        bytes -= timed.weight();
      }
    }
  }

  @Override
  public synchronized CompletionStage<StoredReply> find(String key) {
    return CompletableFuture.completedFuture(at(key, nanoTime.getAsLong()));
  }

  @Override
  public synchronized CompletionStage<Boolean> forget(String key) {
    boolean found = at(key, nanoTime.getAsLong()) != null;
    remove(key);
    return CompletableFuture.completedFuture(found);
  }

  @Override
  public synchronized Collection<String> heldBy(String... holders) {
    long now = nanoTime.getAsLong();
    return entries.entrySet().stream()
        .filter(entry -> !entry.getValue().isOver(now))
        .filter(entry -> List.of(holders).contains(entry.getValue().kept().holder()))
        .map(Map.Entry::getKey)
        .toList();
  }

  @Override
  public synchronized Usage usage() {
    return new Usage(entries.size(), bytes);
  }

  synchronized int size() {
    return entries.size();
  }
}
