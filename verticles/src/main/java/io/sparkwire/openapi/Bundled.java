package io.sparkwire.openapi;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** What is in the same jar, or beside it on the class path. Stateless. */
final class Bundled {

  private static final String VERSIONS = "versions.properties";

  private Bundled() {}

  static String swaggerUiVersion() {
    Properties versions = new Properties();
    try (InputStream in = Bundled.class.getResourceAsStream(VERSIONS)) {
      versions.load(in);
      return versions.getProperty("swagger-ui");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + VERSIONS + " of this jar", e);
    }
  }

  /**
   * The content of a file.
   *
   * @param resource its place, from this package if it begins without a slash
   */
  static byte[] read(String resource) {
    try (InputStream in = Bundled.class.getResourceAsStream(resource)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + resource + " of this jar", e);
    }
  }
}
