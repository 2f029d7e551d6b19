package io.sparkwire.app;

import io.sparkwire.spark.version.SparkRelease;
import io.sparkwire.version.Release;
import picocli.CommandLine.IVersionProvider;

/** The versions of Sparkwire, of the Spark that it runs on, and of Vert.x. Stateless. */
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    Release release = Release.current();
    return new String[] {
      "sparkwire " + release.version(), "Spark " + spark() + ", Vert.x " + release.vertx(),
    };
  }

  /** The version of Spark on the class path. */
  static String spark() {
    return SparkRelease.current().text();
  }
}
