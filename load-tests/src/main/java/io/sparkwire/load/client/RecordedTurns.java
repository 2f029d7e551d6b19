package io.sparkwire.load.client;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/**
 * Recorded exchanges of which each connection sends one after the other.
 *
 * <p>All connections share their bytes, and what was found out about replies. Not thread-safe.
 */
final class RecordedTurns implements QuestionSource {
  private final URI url;
  private final List<CloseQuestion> exchanges;

  private RecordedTurns(URI url, List<CloseQuestion> exchanges) {
    this.url = url;
    this.exchanges = exchanges;
  }

  /**
   * Reads them.
   *
   * @param field a further one of each head; empty for none
   * @param tolerance by which the numbers of a right reply, which is JSON, may be off
   */
  static RecordedTurns in(Path directory, URI url, String field, double tolerance)
      throws IOException {
    return new RecordedTurns(
        url,
        RecordedExchange.in(directory, url).stream()
            .map(exchange -> CloseQuestion.of(exchange.with(field), tolerance))
            .toList());
  }

  @Override
  public InetSocketAddress address() {
    return new InetSocketAddress(url.getHost(), url.getPort());
  }

  @Override
  public Question question() {
    return new Turns(exchanges);
  }

  /** The one that is asked last, of several. */
  private static final class Turns implements Question {
    private final List<CloseQuestion> all;
    private CloseQuestion asked;

    Turns(List<CloseQuestion> all) {
      this.all = all;
      this.asked = all.get(0);
    }

    @Override
    public void ask(long value) {
      asked = all.get((int) (value % all.size()));
    }

    @Override
    public byte[] request() {
      return asked.request();
    }

    @Override
    public int expectedLength() {
      return all.stream().mapToInt(CloseQuestion::expectedLength).max().orElseThrow();
    }

    @Override
    public String expected() {
      return asked.expected();
    }

    @Override
    public boolean hasStatusOf(ResponseParser response) {
      return asked.hasStatusOf(response);
    }

    @Override
    public boolean isAnsweredBy(ResponseParser response) {
      return asked.isAnsweredBy(response);
    }
  }
}
