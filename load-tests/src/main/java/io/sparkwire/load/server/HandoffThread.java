package io.sparkwire.load.server;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * One plain thread behind a {@link LinkedBlockingQueue}, which runs what it is given in order.
 *
 * <p>It represents the least that a server must do whose work happens off the event loop.
 * Thread-safe.
 */
final class HandoffThread implements AutoCloseable {
  private final BlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();
  private final Thread thread = new Thread(this::work, "handoff");

  void start() {
    thread.setDaemon(true);
    thread.start();
  }

  void hand(Runnable task) {
    queue.add(task);
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private void work() {
    try {
      while (true) {
        queue.take().run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
