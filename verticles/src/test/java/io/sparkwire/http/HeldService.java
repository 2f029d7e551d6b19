package io.sparkwire.http;

import static org.awaitility.Awaitility.await;

import io.sparkwire.exchange.Service;
import io.sparkwire.message.PendingRequest;
import io.sparkwire.message.ReplyRetention;
import io.sparkwire.message.TestSpec;
import java.time.Duration;

/** A service at {@code /s} or below, on a node by itself, whose requests a test answers by hand. */
final class HeldService implements AutoCloseable {

  static final Duration TIMEOUT = Duration.ofSeconds(20);

  final ServedNode node = new ServedNode(2);
  final Service service;
  final RetentionHttp client;

  HeldService(String path, Duration timeout, int maxInFlight, ReplyRetention retention) {
    service =
        node.silence(
            TestSpec.of("s")
                .path(path)
                .timeout(timeout)
                .maxInFlight(maxInFlight)
                .retention(retention)
                .build());
    client = new RetentionHttp(node.listeners.open(service));
  }

  /** Waits for the next request. */
  PendingRequest next() {
    await().atMost(TIMEOUT).until(() -> !node.taken.isEmpty());
    return node.taken.poll();
  }

  @Override
  public void close() {
    node.close();
  }
}
