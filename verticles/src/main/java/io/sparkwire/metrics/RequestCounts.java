package io.sparkwire.metrics;

import io.sparkwire.message.FailureCode;
import io.sparkwire.message.ServiceFailure;
import io.sparkwire.message.ServiceReply;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * How many responses there were of each kind. Thread-safe; nothing blocks.
 *
 * <p>A count costs a request one addition: the counters of a version are found by comparing its
 * name with that of the last one, and are an array.
 */
final class RequestCounts {

  /** What later versions are counted as, so that a service has a bounded number of series. */
  static final String OTHER = "other";

  private static final int MOST_VERSIONS = 100;
  private static final int CLASSES = 6;
  private static final int FIRST_ERROR = 400;
  private static final FailureCode[] CODES = FailureCode.values();

  private final Map<String, LongAdder[]> versions = new ConcurrentHashMap<>();
  private volatile Counted last = counted("");

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Counted(String version, LongAdder[] adders) {}

  void count(ServiceReply reply) {
    String version = Objects.requireNonNullElse(reply.version(), "");
    Counted counted = last;
    if (!version.equals(counted.version())) {
      counted = counted(version);
      last = counted;
    }
    FailureCode failure = reply.status() < FIRST_ERROR ? null : ServiceFailure.code(reply);
    counted.adders()[place(reply.status() / 100, failure)].increment();
  }

  private Counted counted(String version) {
    boolean isNew = !versions.containsKey(version);
    String name = isNew && versions.size() >= MOST_VERSIONS ? OTHER : version;
    return new Counted(version, versions.computeIfAbsent(name, v -> adders()));
  }

  private static LongAdder[] adders() {
    LongAdder[] adders = new LongAdder[CLASSES * (CODES.length + 1)];
    Arrays.setAll(adders, i -> new LongAdder());
    return adders;
  }

  /** By the place of the failure, since no number is kept. */
  @SuppressWarnings("EnumOrdinal")
  private static int place(int status, FailureCode failure) {
    return status * (CODES.length + 1) + (failure == null ? 0 : failure.ordinal() + 1);
  }

  /** All kinds of which there were some. */
  Map<ResponseKind, Long> read() {
    Map<ResponseKind, Long> counts = new HashMap<>();
    versions.forEach(
        (version, adders) -> {
          for (int place = 0; place < adders.length; place++) {
            long sum = adders[place].sum();
            if (sum > 0) {
              counts.put(kind(version, place), sum);
            }
          }
        });
    return counts;
  }

  private static ResponseKind kind(String version, int place) {
    int failure = place % (CODES.length + 1);
    return new ResponseKind(
        version, place / (CODES.length + 1), failure == 0 ? null : CODES[failure - 1]);
  }
}
