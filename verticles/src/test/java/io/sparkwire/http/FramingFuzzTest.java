package io.sparkwire.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.sparkwire.http.FramingRules.Answer;
import io.sparkwire.http.FramingRules.Reading;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Seeded framings over real connections, compared with {@link FramingRules}: the server must find
 * the same requests with the same bodies, or refuse, and then close.
 *
 * <p>{@code -Dsparkwire.framings=N} says how many; {@code -Dsparkwire.framing.seed=N} runs one
 * alone.
 */
class FramingFuzzTest {

  private static final Set<Integer> REFUSALS = Set.of(400, 414, 417, 431, 501, 505);
  private static final int GOOD_EACH = 50;

  private static final List<String> STARTS =
      List.of(
          "POST /s HTTP/1.1",
          "POST /s HTTP/1.1",
          "POST /s HTTP/1.1",
          "POST /s HTTP/1.0",
          "GET /s HTTP/1.1",
          "POST /t HTTP/1.1",
          "POST http://a/s?q HTTP/1.1",
          "POST /s HTTP/1.2",
          "POST  /s HTTP/1.1",
          "POST\t/s HTTP/1.1",
          "POST /s",
          "POST /%zz HTTP/1.1",
          "POST * HTTP/1.1");
  private static final List<String> HOSTS =
      List.of(
          "Host: a",
          "Host: a",
          "Host: a",
          "Host: a:80",
          "host:\ta ",
          "Host: [::1]",
          "",
          "Host:",
          "Host: a\r\nHost: a",
          "Host: a b",
          "Host : a");
  private static final List<String> LENGTHS =
      List.of(
          "5",
          "5",
          "5",
          " 5 ",
          "05",
          "+5",
          "-5",
          "0x5",
          "5, 5",
          "5,6",
          "5 5",
          "",
          "6",
          "4",
          "99999999999999999999");
  private static final List<String> CODINGS =
      List.of(
          "chunked",
          "chunked",
          "chunked",
          "CHUNKED",
          " chunked ",
          "xchunked",
          "chunked, identity",
          "identity",
          "gzip, chunked",
          "chunked, chunked",
          "chunked;q=1",
          ", chunked ,",
          "\"chunked\"",
          "");
  private static final List<String> CHUNKS =
      List.of(
          "5\r\nhello\r\n",
          "5\r\nhello\r\n",
          "05;a=b\r\nhello\r\n",
          "5;a=\"b;\\\"c\"\r\nhello\r\n",
          "5 ; a = b\r\nhello\r\n",
          "5;\r\nhello\r\n",
          "100000005\r\nhello\r\n",
          "10000000b\r\nhello\r\n",
          "0x5\r\nhello\r\n",
          "5\nhello\r\n",
          "5\r\nhello\n",
          "5\r\nhelloX\r\n",
          "-5\r\nhello\r\n",
          "5 \r\nhello\r\n",
          "5;a\rb\r\nhello\r\n",
          "1\r\na\r\n4\r\nbcde\r\n");
  private static final List<String> LASTS =
      List.of(
          "0\r\n\r\n",
          "0\r\n\r\n",
          "000;x\r\n\r\n",
          "0\r\nX: y\r\n\r\n",
          "0\r\nContent-Length: 9\r\n\r\n",
          "0\r\nX Y: z\r\n\r\n",
          "0\n\n");
  private static final List<String> OTHERS =
      List.of(
          "",
          "",
          "",
          "X: y",
          "Connection: close",
          "Connection: keep-alive",
          "Connection: x, close",
          "X: y\r\n z",
          "X: a\0b",
          "X: a\rb",
          "X: a\u0001b",
          ": y",
          "X",
          "X\t: y",
          "Sec-WebSocket-Key1: a\r\nSec-WebSocket-Key2: b");
  private static final String ODD = "\r\n\0 \t:;,=x05\u00ff\u007f\"/%";

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
    byte[] bytes = framing(new Random(seed)).getBytes(ISO_8859_1);
    List<Reading> allowed = FramingRules.of(bytes);
    Reading seen = ask(port, bytes);
    assertThat(allowed).as("seed %d: %s", seed, shown(bytes)).contains(seen);
  }

  private static String shown(byte[] bytes) {
    return new String(bytes, ISO_8859_1)
        .replace("\r", "\\r")
        .replace("\n", "\\n")
        .replace("\0", "\\0")
        .replace("\t", "\\t");
  }

  private static Reading ask(int port, byte[] bytes) throws IOException {
    List<Answer> answers = new ArrayList<>();
    boolean refused = false;
    try (RawHttp http = new RawHttp(port)) {
      http.send(bytes).endOutput();
      for (RawHttp.Response next = http.receiveIfAny(); next != null; next = http.receiveIfAny()) {
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

  private static String framing(Random random) {
    StringBuilder all = new StringBuilder();
    int requests = 1 + random.nextInt(3);
    for (int i = 0; i < requests; i++) {
      all.append(random.nextInt(3) == 0 ? request(random) : good(random));
    }
    for (int odd = random.nextInt(4) - 1; odd > 0; odd--) {
      int at = random.nextInt(all.length());
      String one = String.valueOf(ODD.charAt(random.nextInt(ODD.length())));
      switch (random.nextInt(3)) {
        case 0 -> all.insert(at, one);
        case 1 -> all.deleteCharAt(at);
        default -> all.replace(at, at + 1, one);
      }
    }
    return all.toString();
  }

  private static String good(Random random) {
    String head = "POST /s HTTP/1.1\r\nHost: a\r\n";
    return random.nextBoolean()
        ? head + "Content-Length: 5\r\n\r\nhello"
        : head + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n";
  }

  private static String request(Random random) {
    List<String> fields = new ArrayList<>(List.of(any(HOSTS, random), any(OTHERS, random)));
    int framing = random.nextInt(8);
    if (framing < 4 || framing == 7) {
      fields.add("Content-Length:" + any(LENGTHS, random));
    }
    if (framing >= 4 && framing < 8) {
      fields.add(random.nextInt(fields.size()), "Transfer-Encoding:" + any(CODINGS, random));
    }
    if (random.nextInt(10) == 0) {
      fields.add("Content-Length: 5");
    }
    StringBuilder head = new StringBuilder(any(STARTS, random)).append("\r\n");
    fields.stream().filter(field -> !field.isEmpty()).forEach(f -> head.append(f).append("\r\n"));
    String body = framing >= 4 ? any(CHUNKS, random) + any(LASTS, random) : "hello";
    return head + "\r\n" + body;
  }

  private static String any(List<String> of, Random random) {
    return of.get(random.nextInt(of.size()));
  }
}
