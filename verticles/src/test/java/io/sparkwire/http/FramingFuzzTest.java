package io.sparkwire.http;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Seeded framings over real connections, compared with {@link FramingRules}: the server must find
 * the same requests with the same bodies, or refuse, and then close.
 *
 * <p>{@code -Dsparkwire.framings=N} says how many; {@code -Dsparkwire.framing.seed=N} runs one
 * alone.
 */
class FramingFuzzTest {

  private static final int GOOD_EACH = 50;

  @Test
  void theServerReadsWhatTheRulesAllow() throws IOException {
    try (ServedNode node = new ServedNode(1)) {
      int port = node.listeners.open(node.echo(ServedNode.spec("s", "/s", ofSeconds(30), 100)));
      int one = Integer.getInteger("sparkwire.framing.seed", -1);
      int from = one < 0 ? 0 : one;
      int to = one < 0 ? Integer.getInteger("sparkwire.framings", 2_000) : one + 1;
      for (int seed = from; seed < to; seed++) {
        check(port, seed);
        if (seed % GOOD_EACH == 0) {
          try (RawHttp http = new RawHttp(port)) {
            assertThat(http.post("/s", "good").receive().body()).isEqualTo("good");
          }
        }
      }
      assertThat(node.exchanges.size()).isZero();
    }
  }

  private static void check(int port, int seed) throws IOException {
    try {
      FramingCheck.isReadAsAllowed(port, List.of(Framings.of(new Random(seed))));
    } catch (AssertionError e) {
      throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
    }
  }
}
