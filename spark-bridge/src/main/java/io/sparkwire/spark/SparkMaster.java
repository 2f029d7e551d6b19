package io.sparkwire.spark;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a master's address says of where tasks run. Stateless. */
public final class SparkMaster {

  private static final Pattern LOCAL = Pattern.compile("local(?:\\[(\\*|\\d+)(?:\\s*,.*)?])?");

  private SparkMaster() {}

  /** Whether they run in the driver's JVM. */
  public static boolean isLocal(String master) {
    return LOCAL.matcher(master).matches();
  }

  /** How many run at once in the driver's JVM, where they do. */
  static int localThreads(String master) {
    Matcher local = LOCAL.matcher(master);
    if (!local.matches() || local.group(1) == null) {
      return 1;
    }
    return local.group(1).equals("*")
        ? Runtime.getRuntime().availableProcessors()
        : Integer.parseInt(local.group(1));
  }
}
