package io.sparkwire.spark.fuzz;

import io.sparkwire.http.FramingCheck;
import io.sparkwire.http.Framings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Requests of HTTP/1.1 that may be framed in odd ways, in one piece or in several. */
record FramedBytes(List<byte[]> pieces) implements HostileInput {

  private static final int MOST_PIECES = 5;

  static HostileInput of(Random random) {
    byte[] all = Framings.of(random);
    int[] cuts =
        random.ints(random.nextInt(MOST_PIECES), 0, all.length + 1).sorted().distinct().toArray();
    List<byte[]> pieces = new ArrayList<>();
    int from = 0;
    for (int cut : cuts) {
      pieces.add(Arrays.copyOfRange(all, from, cut));
      from = cut;
    }
    pieces.add(Arrays.copyOfRange(all, from, all.length));
    return new FramedBytes(pieces);
  }

  @Override
  public void check(Wire wire) throws IOException {
    try {
      FramingCheck.isReadAsAllowed(wire.echo(), pieces);
    } catch (SocketException closed) {
      // it was closed before a piece was sent, and that took the answers with it
      FramingCheck.isReadAsAllowed(wire.echo(), List.of(all()));
    }
  }

  private byte[] all() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    pieces.forEach(all::writeBytes);
    return all.toByteArray();
  }

  @Override
  public String shown() {
    return pieces.size() + " pieces: " + Escaped.of(all());
  }
}
