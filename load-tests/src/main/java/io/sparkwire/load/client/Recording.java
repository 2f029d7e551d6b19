package io.sparkwire.load.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/**
 * Requests that another program has written down, sent in turns on each connection.
 *
 * <p>The files are read when there is something to ask: they need not exist before. Immutable.
 *
 * @param directory with pairs of files, as {@link RecordedExchange#in} reads them
 * @param tolerance by which the numbers of a right reply, which is JSON, may be off
 */
public record Recording(Path directory, double tolerance) implements Requests {

  @Override
  public List<String> arguments() {
    return List.of("--exchanges", directory.toString(), "--tolerance", "" + tolerance);
  }

  @Override
  public Question question(URI url, String field) {
    try {
      return RecordedTurns.in(directory, url, field, tolerance).question();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
