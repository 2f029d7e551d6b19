package io.sparkwire.app;

import io.sparkwire.http.RawHttp;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * Clients that keep asking a {@link #SQL doubling service}, or one of other multiples, each over a
 * connection of its own to one of several gateways, and record every broken promise.
 *
 * <p>Every request has a number of its own, which identifies the right reply, and every third has
 * three rows. A connection may break only if its gateway was killed.
 */
final class CheckedClients extends Clients {

  /** What the service computes: one request in a hundred fails always, one in twenty is slow. */
  static final String SQL =
      "SELECT CASE WHEN value % 100 = 7 THEN raise_error('poison') WHEN value % 20 = 3 THEN"
          + " 2 * value + 0 * coalesce(length(reflect('java.lang.Thread', 'sleep', 20L)), 0)"
          + " ELSE 2 * value END AS value FROM requests";

  /** The same, where the rows of a request go to two tasks before they are computed. */
  static final String SHUFFLED_SQL =
      SQL.replace("FROM requests", "FROM (SELECT /*+ REPARTITION(2) */ * FROM requests)");

  /** Added to the number of a request for each further row, which has the same fault then. */
  private static final long NEXT_ROW = 1_000_000_000;

  private static final int ROWS = 3;
  private static final long POLL_SECONDS = 1;

  private final String path;
  private final List<Integer> multiples;
  private final Set<Integer> seen = ConcurrentHashMap.newKeySet();
  private final BlockingQueue<Front> open = new LinkedBlockingQueue<>();
  private final AtomicLong broken = new AtomicLong();

  CheckedClients(String path, int connections) {
    this(path, connections, List.of(2));
  }

  /**
   * @param multiples of their values that versions of the service give; one of them to all rows of
   *     a request
   */
  CheckedClients(String path, int connections, List<Integer> multiples) {
    this.path = path;
    this.multiples = multiples;
    begin(connections);
  }

  /** Lets clients use one more gateway. */
  Front open(InetSocketAddress address) {
    Front front = new Front(address);
    open.add(front);
    return front;
  }

  @Override
  void askOnAndOn() {
    while (!isStopping()) {
      Front front = nextOpen();
      if (front != null) {
        askOn(front);
      }
    }
  }

  /** One after the other; null if there is none for a while. */
  private Front nextOpen() {
    try {
      Front front = open.poll(POLL_SECONDS, TimeUnit.SECONDS);
      if (front == null) {
        return null;
      }
      front.enter();
      if (front.state() == Front.State.OPEN) {
        open.add(front);
        return front;
      }
      front.leave();
      return null;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void askOn(Front front) {
    try (RawHttp http = new RawHttp(front.address())) {
      while (!isStopping() && front.state() == Front.State.OPEN) {
        ask(http, nextNumber());
        pause();
      }
      if (front.state() != Front.State.DOOMED) {
        nothingIsLeftFor(http);
      }
    } catch (IOException e) {
      if (front.state() == Front.State.DOOMED) {
        broken.incrementAndGet();
      } else {
        note(false, "a connection to a gateway that lives broke: " + e);
      }
    } catch (InterruptedException e) {
      note(false, "a client was interrupted");
    } finally {
      front.leave();
    }
  }

  private void ask(RawHttp http, long number) throws IOException {
    long began = System.nanoTime();
    RawHttp.Response reply = http.post(path, rows(number, 1)).receive();
    waited(began);
    boolean right =
        number % 100 == 7
            ? reply.status() == 500
            : reply.status() == 200 && isMultiple(number, reply.body());
    note(right, number + " got " + reply.status() + " " + reply.body());
  }

  private boolean isMultiple(long number, String body) {
    Optional<Integer> multiple =
        multiples.stream().filter(each -> body.equals(rows(number, each))).findFirst();
    multiple.filter(each -> number != 0).ifPresent(seen::add);
    return multiple.isPresent();
  }

  /** The multiples that clients have got. */
  Set<Integer> seen() {
    return Set.copyOf(seen);
  }

  /** The body of a request, or of the reply to it, with that multiple of its values. */
  private static String rows(long number, int multiple) {
    if (number % ROWS != 0) {
      return row(number, multiple);
    }
    return LongStream.range(0, ROWS)
        .mapToObj(row -> row(number + row * NEXT_ROW, multiple))
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static String row(long value, int multiple) {
    return "{\"value\":" + multiple * value + "}";
  }

  /** Had any request been answered twice, this would get one of those answers. */
  private void nothingIsLeftFor(RawHttp http) throws IOException {
    int status = http.post("/nowhere", "{}").receive().status();
    if (status != 404) {
      note(false, "a reply too many, with status " + status);
    }
  }

  @Override
  public String toString() {
    return "%d replies, %d connections broken with their gateway, longest wait %d ms"
        .formatted(answered(), broken.get(), longest().toMillis());
  }
}
