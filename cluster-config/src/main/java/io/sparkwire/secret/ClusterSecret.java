package io.sparkwire.secret;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;

/**
 * What all nodes of a cluster know and no other program does.
 *
 * <p>It may be several secrets while one replaces another: this node proves that it knows each of
 * them, and accepts a proof of any. None of them is in a log, a status or a message. Immutable.
 */
public final class ClusterSecret {

  static final int LEAST_BYTES = 16;

  /** As many as a node accepts at once: old, new, and one by mistake. */
  static final int MOST_SECRETS = 4;

  private static final byte[] SALT = "sparkwire cluster secret 1".getBytes(StandardCharsets.UTF_8);

  private final List<byte[]> secrets;

  private ClusterSecret(List<byte[]> secrets) {
    this.secrets = secrets;
  }

  /**
   * Reads a file with one secret on each line.
   *
   * @param option the option that names the file
   * @throws IllegalStateException if it cannot be read, or a secret is too short
   */
  public static ClusterSecret read(String option, String file) {
    try {
      String text = Files.readString(Path.of(file), StandardCharsets.ISO_8859_1); // any bytes
      return of("option '" + option + "': file '" + file + "'", text);
    } catch (NoSuchFileException e) {
      throw new IllegalStateException(
          "option '" + option + "' must be a file, but there is no '" + file + "'", e);
    } catch (IOException e) {
      throw new IllegalStateException(
          "option '" + option + "': cannot read '" + file + "': " + e.getMessage(), e);
    }
  }

  /**
   * Reads secrets, one from each line.
   *
   * @param source where the secrets are from, for messages
   * @param lines one secret on each; empty lines, and blanks around a secret, do not count
   * @throws IllegalStateException if there is none, or one is too short
   */
  public static ClusterSecret of(String source, String lines) {
    List<byte[]> secrets =
        lines
            .lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty())
            .distinct()
            .map(line -> line.getBytes(StandardCharsets.ISO_8859_1))
            .toList();
    boolean few = !secrets.isEmpty() && secrets.size() <= MOST_SECRETS;
    require(few, source, "1 to " + MOST_SECRETS + " secrets, one on each line", secrets.size());
    for (byte[] secret : secrets) {
      String allowed = "secrets of at least " + LEAST_BYTES + " bytes";
      require(secret.length >= LEAST_BYTES, source, allowed, secret.length + " bytes");
    }
    return new ClusterSecret(secrets);
  }

  private static void require(boolean holds, String source, String allowed, Object got) {
    if (!holds) {
      throw new IllegalStateException(source + " must have " + allowed + ", got " + got);
    }
  }

  /**
   * Keys for one purpose, of the secret to use and then of those to accept.
   *
   * @param bytes of each key
   */
  List<byte[]> derive(String purpose, int bytes) {
    return secrets.stream().map(secret -> derive(secret, purpose, bytes)).toList();
  }

  private static byte[] derive(byte[] secret, String purpose, int bytes) {
    HKDFBytesGenerator generator = new HKDFBytesGenerator(new SHA256Digest());
    byte[] info = purpose.getBytes(StandardCharsets.UTF_8);
    generator.init(new HKDFParameters(secret, SALT, info));
    byte[] key = new byte[bytes];
    generator.generateBytes(key, 0, bytes);
    return key;
  }

  @Override
  public String toString() {
    return "ClusterSecret";
  }
}
