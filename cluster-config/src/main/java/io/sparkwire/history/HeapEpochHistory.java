package io.sparkwire.history;

import io.sparkwire.protocol.PendingRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An epoch history on the heap of one JVM.
 *
 * <p>A request tells itself whether it is finished, so finishing costs nothing here: a share drops
 * its finished requests whenever it has doubled in size. Runs on: task thread and driver.
 * Thread-safe.
 */
public final class HeapEpochHistory implements EpochHistory {

  private final Map<EpochKey, Share> shares = new ConcurrentHashMap<>();

  @Override
  public Attempt begin(EpochKey key) {
    return shares.compute(
        key, (k, earlier) -> new Share(earlier == null ? List.of() : earlier.unfinished()));
  }

  @Override
  public void committed(String service, String query, long epoch) {
    shares
        .keySet()
        .removeIf(
            k -> k.epoch() <= epoch && k.query().equals(query) && k.service().equals(service));
  }

  @Override
  public void forget(String service, String query) {
    committed(service, query, Long.MAX_VALUE);
  }

  @Override
  public int size() {
    return shares.values().stream().mapToInt(Share::size).sum();
  }

  private static final class Share implements Attempt {

    private static final int FIRST_SWEEP = 64;

    private final List<PendingRequest> pulled;
    private int sweepAt;

    Share(List<PendingRequest> unfinished) {
      pulled = new ArrayList<>(unfinished);
      planSweep();
    }

    @Override
    public synchronized List<PendingRequest> unfinished() {
      sweep();
      return List.copyOf(pulled);
    }

    @Override
    public synchronized void pulled(PendingRequest request) {
      if (pulled.size() >= sweepAt) {
        sweep();
      }
      pulled.add(request);
    }

    synchronized int size() {
      sweep();
      return pulled.size();
    }

    private void sweep() {
      pulled.removeIf(request -> !request.isOpen());
      planSweep();
    }

    private void planSweep() {
      sweepAt = Math.max(FIRST_SWEEP, 2 * pulled.size());
    }
  }
}
