package io.sparkwire.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.sparkwire.http.FramingRules.Answer;
import io.sparkwire.http.FramingRules.Reading;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Compares what a server makes of a framing with {@link FramingRules}: it must find the same
 * requests with the same bodies, or refuse, and then close. Stateless.
 */
public final class FramingCheck {

  private static final Set<Integer> REFUSALS = Set.of(400, 414, 417, 431, 501, 505);

  private static final int CONTINUE = 100;

  private FramingCheck() {}

  /**
   * Sends bytes on a connection of their own.
   *
   * @param pieces in which they are sent
   */
  public static void isReadAsAllowed(int port, List<byte[]> pieces) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    pieces.forEach(all::writeBytes);
    byte[] bytes = all.toByteArray();
    assertThat(FramingRules.of(bytes)).as("%s", shown(bytes)).contains(ask(port, bytes, pieces));
  }

  private static String shown(byte[] bytes) {
    return new String(bytes, ISO_8859_1)
        .replace("\r", "\\r")
        .replace("\n", "\\n")
        .replace("\0", "\\0")
        .replace("\t", "\\t");
  }

  private static Reading ask(int port, byte[] bytes, List<byte[]> pieces) throws IOException {
    List<Answer> answers = new ArrayList<>();
    boolean refused = false;
    try (RawHttp http = new RawHttp(port)) {
      for (byte[] piece : pieces) {
        http.send(piece);
      }
      http.endOutput();
      for (RawHttp.Response next = http.receiveIfAny(); next != null; next = http.receiveIfAny()) {
        if (next.status() == CONTINUE) {
          continue; // asks whether a client is there that has ended its side
        }
        assertThat(refused).as("an answer after a refusal: %s: %s", shown(bytes), next).isFalse();
        if (next.body().contains("unknown-path") || next.body().contains("method-not-allowed")) {
          answers.add(new Answer(next.status(), null));
        } else if (REFUSALS.contains(next.status())) {
          refused = true;
        } else {
          answers.add(new Answer(next.status(), next.body()));
        }
      }
    }
    return new Reading(answers, refused);
  }
}
