package io.sparkwire.tls;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * What {@link TlsFiles} held when they were read; null for those that are not given. Two are equal
 * if they have the same bytes. Immutable.
 */
record CertificateFiles(Buffer cert, Buffer key, Buffer keyStore, String password, Buffer trust) {

  /**
   * Reads all of them.
   *
   * @throws IllegalStateException if one cannot be read; names it
   */
  static CertificateFiles read(TlsFiles files) {
    Buffer password = read(TlsFiles.PASSWORD_FILE.name(), files.password());
    return new CertificateFiles(
        read(TlsFiles.CERT.name(), files.cert()),
        read(TlsFiles.KEY.name(), files.key()),
        read(TlsFiles.KEY_STORE.name(), files.keyStore()),
        password == null ? null : firstLine(password),
        read(TlsFiles.TRUST.name(), files.trust()));
  }

  static Buffer read(String option, String file) {
    if (file.isEmpty()) {
      return null;
    }
    try {
      return Buffer.buffer(Files.readAllBytes(Path.of(file)));
    } catch (NoSuchFileException e) {
      throw new IllegalStateException(
          "option '" + option + "' must be a file, but there is no '" + file + "'", e);
    } catch (IOException e) {
      throw new IllegalStateException(
          "option '" + option + "': cannot read '" + file + "': " + e.getMessage(), e);
    }
  }

  private static String firstLine(Buffer text) {
    return text.toString(StandardCharsets.UTF_8).lines().findFirst().orElse("");
  }

  @Override
  public String toString() {
    return "CertificateFiles"; // what it has is secret
  }
}
