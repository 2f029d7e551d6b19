package io.sparkwire.cluster;

import io.sparkwire.options.ConfigOption;
import io.sparkwire.options.OptionType;
import io.sparkwire.options.Options;
import io.sparkwire.secret.ClusterSecret;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which programs may join a cluster, and read what its nodes tell each other. Immutable.
 *
 * @param files those that are given, by the keys of their options
 * @param given a secret that is in no file; empty for none
 */
public record ClusterAccess(Map<String, String> files, Optional<ClusterSecret> given) {

  private static final OptionType<String> FILE =
      OptionType.texts("FILE", file -> !file.isBlank(), "a file");

  public static final ConfigOption<String> SECRET_FILE =
      ConfigOption.computed(
          "cluster-secret-file",
          FILE,
          "none",
          "File with the secret that all nodes of the cluster know; no other program can join");

  static final ConfigOption<String> CERT =
      ConfigOption.computed(
          "cluster-tls-cert",
          FILE,
          "made at start",
          "Certificates of the node for other nodes as a PEM file, its own first");

  static final ConfigOption<String> KEY =
      ConfigOption.computed(
          "cluster-tls-key", FILE, "made at start", "Private key to it as a PEM file");

  static final ConfigOption<String> TRUST =
      ConfigOption.computed(
          "cluster-tls-trust",
          FILE,
          "follows from the secret",
          "Certificates that sign those of all nodes, as a PEM file");

  /** All of them, in the order in which they are shown. */
  public static final List<ConfigOption<?>> ALL = List.of(SECRET_FILE, CERT, KEY, TRUST);

  /** Every program that reaches the ports and knows the cluster's name. */
  public static final ClusterAccess OPEN = by(Map.of());

  public ClusterAccess {
    files = Map.copyOf(files);
    List<String> certificates = List.of(CERT.name(), KEY.name(), TRUST.name());
    if (certificates.stream().map(files::containsKey).distinct().count() != 1) {
      throw new IllegalArgumentException(
          "give all of 'cluster-tls-cert', 'cluster-tls-key' and 'cluster-tls-trust', or none");
    }
  }

  /** Programs that know a secret, and no others. */
  public static ClusterAccess by(ClusterSecret secret) {
    return new ClusterAccess(Map.of(), Optional.of(secret));
  }

  /**
   * Programs that know what is in these files, and no others; all programs, if there are none.
   *
   * @param files by the keys of their options
   * @throws IllegalArgumentException if a key is unknown, or another option is missing
   */
  public static ClusterAccess by(Map<String, String> files) {
    Options options = new Options(files, ALL);
    return new ClusterAccess(options.only(ALL), Optional.empty());
  }

  /** Whether every program may join that reaches the ports and knows the cluster's name. */
  public boolean isOpen() {
    return !files.containsKey(SECRET_FILE.name()) && given.isEmpty();
  }

  /**
   * The secret; empty if there is none. Reads its file.
   *
   * @throws IllegalStateException if the file is of no use; says why
   */
  Optional<ClusterSecret> secret() {
    String file = files.get(SECRET_FILE.name());
    return file == null ? given : Optional.of(ClusterSecret.read(SECRET_FILE.name(), file));
  }

  /** Whether certificates are given, and not made at start. */
  boolean hasCertificates() {
    return files.containsKey(CERT.name());
  }
}
