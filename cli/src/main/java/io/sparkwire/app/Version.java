package io.sparkwire.app;

import io.sparkwire.spark.version.SparkRelease;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The versions of Sparkwire, of the Spark that it runs on, and of Vert.x. Stateless. */
final class Version implements IVersionProvider {

  private static final String RESOURCE = "version.properties";

  @Override
  public String[] getVersion() {
    Properties versions = versions();
    return new String[] {
      "sparkwire " + versions.getProperty("sparkwire"),
      "Spark " + spark() + ", Vert.x " + versions.getProperty("vertx"),
    };
  }

  /** The version of Spark on the class path. */
  static String spark() {
    return SparkRelease.current().text();
  }

  private static Properties versions() {
    Properties versions = new Properties();
    try (InputStream in = Version.class.getResourceAsStream(RESOURCE)) {
      versions.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + RESOURCE + " of this jar", e);
    }
    return versions;
  }
}
