package io.sparkwire.intake;

import io.sparkwire.dispatch.Service;
import io.sparkwire.protocol.PendingRequest;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.concurrent.atomic.AtomicInteger;

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
  private final AtomicInteger openReaders = new AtomicInteger();
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

  /** A reader begins to hand over requests as they come. */
  public void readerOpened() {
    drained = false;
    openReaders.incrementAndGet();
  }

  public void readerClosed() {
    openReaders.decrementAndGet();
  }

  /** How many readers are open. */
  public int openReaders() {
    return openReaders.get();
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
