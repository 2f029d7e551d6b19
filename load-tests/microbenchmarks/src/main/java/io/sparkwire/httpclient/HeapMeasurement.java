package io.sparkwire.httpclient;

import java.io.Serializable;
import java.lang.management.ManagementFactory;

/**
 * A measurement of the live heap while the rows of a partition pass: after a tenth of them, and
 * after nine tenths. Prints a line for each.
 *
 * @param rows of the partition; 0 to measure nothing
 */
record HeapMeasurement(String kind, int concurrency, long rows) implements Serializable {

  static final HeapMeasurement NONE = new HeapMeasurement("", 0, 0);

  private static final int BYTES_PER_KIBIBYTE = 1024;

  /** A row has been computed. Runs on: task thread. */
  void at(long number) {
    if (rows > 0 && (number == rows / 10 || number == rows * 9 / 10)) {
      System.gc();
      System.gc(); // what the first one finds may free more
      long used = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
      System.out.printf("heap %s %d %d %d%n", kind, concurrency, number, used / BYTES_PER_KIBIBYTE);
    }
  }
}
