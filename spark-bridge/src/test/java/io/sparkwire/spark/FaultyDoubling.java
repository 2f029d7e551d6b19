package io.sparkwire.spark;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.sql.api.java.UDF1;

/** Doubles a number, unless the schedule has a fault for it; logs what it computed. */
record FaultyDoubling(FaultSchedule schedule) implements UDF1<Long, Long> {

  private static final Map<Long, Integer> COMPUTED = new ConcurrentHashMap<>();
  private static final Set<Long> SEEN = ConcurrentHashMap.newKeySet();

  /** How often each number was computed since the log was cleared. */
  static Map<Long, Integer> computed() {
    return COMPUTED;
  }

  static void clear() {
    COMPUTED.clear();
    SEEN.clear();
  }

  @Override
  public Long call(Long number) throws InterruptedException {
    switch (schedule.of(number)) {
      case POISON -> throw new IllegalStateException("poison " + number);
      case FAILS_ONCE -> {
        if (SEEN.add(number)) {
          throw new IllegalStateException("first sight of " + number);
        }
      }
      case SLOW -> Thread.sleep(20);
      case LATE -> Thread.sleep(schedule.timeout().toMillis() + 500);
      default -> {}
    }
    COMPUTED.merge(number, 1, Integer::sum);
    return 2 * number;
  }
}
