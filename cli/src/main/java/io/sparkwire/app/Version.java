package io.sparkwire.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/**
 * The versions of Sparkwire and of what it is built on, as the build wrote them down. Stateless.
 */
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

  /** The version of Spark that was built against. */
  static String spark() {
    return versions().getProperty("spark");
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
