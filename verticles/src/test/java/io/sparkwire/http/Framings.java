package io.sparkwire.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Framings of HTTP/1 by chance, good and hostile ones, for a service at {@code POST /s}; the same
 * for the same random numbers. Stateless.
 */
public final class Framings {

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

  private Framings() {}

  /** Some requests, most of them good. */
  public static byte[] of(Random random) {
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
    return all.toString().getBytes(ISO_8859_1);
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
