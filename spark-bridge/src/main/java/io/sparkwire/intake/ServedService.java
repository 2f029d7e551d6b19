package io.sparkwire.intake;

import io.sparkwire.dispatch.Service;
import io.sparkwire.protocol.PendingRequest;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One service as this node serves it: who answers it, where it listens, and how its readers take
 * requests.
 *
 * <p>Thread-safe.
 */
public final class ServedService {

  private final String owner;
  private final Service service;
  private final Intake intake;
  private final int port;
  private final MessageConsumer<PendingRequest> consumer;
  private final Map<Integer, Integer> openReaders = new ConcurrentHashMap<>();
  private final Map<Integer, Long> timesOpened = new ConcurrentHashMap<>();
  private volatile boolean drained;

  ServedService(
      String owner,
      Service service,
      Intake intake,
      int port,
      MessageConsumer<PendingRequest> consumer) {
    this.owner = owner;
    this.service = service;
    this.intake = intake;
    this.port = port;
    this.consumer = consumer;
  }

  /** The query that answers it. */
  String owner() {
    return owner;
  }

  MessageConsumer<PendingRequest> consumer() {
    return consumer;
  }

  public Service service() {
    return service;
  }

  public Intake intake() {
    return intake;
  }

  /** The port on which this node takes requests for it. */
  public int port() {
    return port;
  }

  /** A reader of a query replica begins to hand over requests as they come. */
  public void readerOpened(int replica) {
    drained = false;
    openReaders.merge(replica, 1, Integer::sum);
    timesOpened.merge(replica, 1L, Long::sum);
  }

  public void readerClosed(int replica) {
    openReaders.computeIfPresent(replica, (r, open) -> open == 1 ? null : open - 1);
  }

  /** How often readers of a query replica have opened. */
  public long timesOpened(int replica) {
    return timesOpened.getOrDefault(replica, 0L);
  }

  /** How many readers are open. */
  public int openReaders() {
    return openReaders.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Whether another replica than that has an open reader. */
  public boolean isOpenElsewhere(int replica) {
    return openReaders.keySet().stream().anyMatch(other -> other != replica);
  }

  /** Lets open epochs end now and no other begin. Whoever calls it is about to stop the query. */
  public void endEpochs() {
    intake.end();
  }

  /**
   * A reader found that replies leave in another task than its own, so its epochs must end by
   * themselves.
   */
  public void readerDrained() {
    drained = true;
  }

  /** Whether epochs are drained: one should begin only when requests are queued. */
  public boolean drained() {
    return drained;
  }
}
