package io.sparkwire.httpclient;

import java.io.Serializable;
import java.lang.management.ManagementFactory;

/**
 * Looks at what the heap holds on to while the rows of a partition go by: after a tenth of them,
 * and after nine tenths. Prints a line for each look.
 *
 * @param rows of the partition; 0 to look at nothing
 */
record HeapLook(String kind, int concurrency, long rows) implements Serializable {

  static final HeapLook NONE = new HeapLook("", 0, 0);

  private static final int BYTES_PER_KIBIBYTE = 1024;

  /** A row has come out. Runs on: task thread. */
  void at(long number) {
    if (rows > 0 && (number == rows / 10 || number == rows * 9 / 10)) {
      System.gc();
      System.gc(); // what the first one finds may free more
      long used = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
      System.out.printf("heap %s %d %d %d%n", kind, concurrency, number, used / BYTES_PER_KIBIBYTE);
    }
  }
}
