package io.sparkwire.spark.node;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkContext;

/** What a master's address says of where tasks run. Stateless. */
public final class SparkMaster {

  private static final Pattern LOCAL =
      Pattern.compile("local(?:\\[(\\*|\\d+)(?:\\s*,\\s*(\\d+)\\s*)?])?");

  /** What Spark takes; the cluster managers of others have addresses with a scheme. */
  private static final Pattern KNOWN =
      Pattern.compile(
          "local(\\[(\\*|[1-9]\\d{0,5})(\\s*,\\s*[1-9]\\d{0,9})?])?"
              + "|local-cluster\\[\\s*\\d+\\s*,\\s*\\d+\\s*,\\s*\\d+\\s*]"
              + "|spark://[^/,:]+:\\d{1,5}(,[^/,:]+:\\d{1,5})*"
              + "|yarn|(?!spark:)[a-z][a-z0-9+.-]*://.+");

  private SparkMaster() {}

  /**
   * Checks the address of a master before Spark reads it.
   *
   * @throws IllegalArgumentException if no master can have that address
   */
  public static void check(String master) {
    if (!KNOWN.matcher(master).matches()) {
      throw new IllegalArgumentException(
          "option 'master' must be local[N], local[N,TRIES], spark://HOST:PORT, k8s://ADDRESS or yarn,"
              + " got '"
              + master
              + "'");
    }
  }

  /** Whether tasks run in this very JVM. */
  public static boolean isLocal(SparkContext context) {
    return isLocal(context.master());
  }

  /** Whether they run in the driver's JVM. */
  public static boolean isLocal(String master) {
    return LOCAL.matcher(master).matches();
  }

  /**
   * Whether a task that has failed is tried again; in the driver's JVM that has to be asked for.
   */
  public static boolean retries(String master) {
    Matcher local = LOCAL.matcher(master);
    return !local.matches() || (local.group(2) != null && Long.parseLong(local.group(2)) > 1);
  }

  /** How many run at once in the driver's JVM, where they do. */
  public static int localThreads(String master) {
    Matcher local = LOCAL.matcher(master);
    if (!local.matches() || local.group(1) == null) {
      return 1;
    }
    return local.group(1).equals("*")
        ? Runtime.getRuntime().availableProcessors()
        : Integer.parseInt(local.group(1));
  }
}
