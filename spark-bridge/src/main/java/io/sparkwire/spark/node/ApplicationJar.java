package io.sparkwire.spark.node;

import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.MutableURLClassLoader;

/**
 * The check that the tasks of a session run the very classes that its driver runs.
 *
 * <p>They do where Spark has got our jar as it started. A jar that a running session adds, by
 * {@code addArtifact} or {@code ADD JAR}, is loaded by a class loader of the driver and by another
 * one of the executor. A local master has both in one JVM, so there would be two nodes: one with
 * the listener, and one by which the query is steered. Runs on: driver. Stateless.
 */
public final class ApplicationJar {

  private ApplicationJar() {}

  /**
   * Checks that Spark has got our jar as it started.
   *
   * @throws UnsupportedOperationException if Sparkwire's jar has been added to a running session
   */
  public static void check(SparkSession session) {
    ClassLoader ours = ApplicationJar.class.getClassLoader();
    if (!isShared(ours, session)) {
      throw new UnsupportedOperationException(
          "Sparkwire's jar has been added to a running session, whose tasks would load its classes"
              + " once more; give the jar to Spark when it starts, by --jars or spark.jars, and with"
              + " Spark Connect to the server");
    }
  }

  private static boolean isShared(ClassLoader ours, SparkSession session) {
    ClassLoader added = session.sharedState().jarClassLoader();
    return !(ours instanceof MutableURLClassLoader) // no class loader of Spark's
        || isOfApplication(added.getParent())
        || (ours == added && !SparkMaster.isLocal(session.sparkContext()));
  }

  private static boolean isOfApplication(ClassLoader application) {
    try {
      return application.loadClass(ApplicationJar.class.getName()) == ApplicationJar.class;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}
