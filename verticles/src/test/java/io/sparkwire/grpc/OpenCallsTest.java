package io.sparkwire.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OpenCallsTest {

  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final Vertx vertx = Vertx.vertx();
  private final Context loop = vertx.getOrCreateContext();
  private final List<Integer> givenUp = new CopyOnWriteArrayList<>();

  @AfterEach
  void stop() {
    vertx.close().await();
  }

  /** Adds calls by number, and removes those that have an even one if that is wanted. */
  private void add(OpenCalls calls, int number, boolean removesEven) {
    loop.runOnContext(
        v -> {
          for (int i = 0; i < number; i++) {
            int call = i;
            OpenCalls.Open open = why -> givenUp.add(call);
            calls.add(open);
            if (removesEven && i % 2 == 0) {
              calls.remove(open);
            }
          }
        });
  }

  @Test
  void oneTooManyEndsTheOldest() {
    add(new OpenCalls(LIMIT), OpenCalls.MOST + 2, false);
    await().atMost(LIMIT).until(() -> givenUp.size() == 2);
    assertThat(givenUp).containsExactly(0, 1);
  }

  @Test
  void callsEndInTimeUnlessTheyHaveEnded() {
    add(new OpenCalls(Duration.ofMillis(20)), 4, true);
    await().atMost(LIMIT).until(() -> givenUp.size() == 2);
    assertThat(givenUp).containsExactly(1, 3);
  }
}
