package io.sparkwire.version;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * A release of Sparkwire. Immutable.
 *
 * @param version its own, as {@code 1.2.3}
 * @param vertx the version of Vert.x that it was built with
 */
public record Release(String version, String vertx) {

  private static final String RESOURCE = "version.properties";

  /** The one that runs. */
  public static Release current() {
    Properties versions = new Properties();
    try (InputStream in = Release.class.getResourceAsStream(RESOURCE)) {
      versions.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + RESOURCE + " of this jar", e);
    }
    return new Release(versions.getProperty("sparkwire"), versions.getProperty("vertx"));
  }
}
