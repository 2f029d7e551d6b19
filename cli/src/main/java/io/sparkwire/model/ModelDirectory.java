package io.sparkwire.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A directory of this machine in which versions of a model appear: one below the other, the last by
 * name being the newest, or one in place of the other.
 *
 * <p>Names compare as people count: {@code v10} comes after {@code v9}. Immutable.
 */
public record ModelDirectory(Path path) {

  private static final Pattern PART = Pattern.compile("\\d+|\\D+");

  /** The version to serve, or nothing if there is none. */
  public Optional<ModelVersion> newest() {
    if (ModelVersion.isModel(path)) {
      return Optional.of(ModelVersion.inPlace(path));
    }
    try (Stream<Path> below = Files.list(path)) {
      return below
          .filter(ModelVersion::isModel)
          .max(Comparator.comparing(p -> p.getFileName().toString(), ModelDirectory::compare))
          .map(ModelVersion::named);
    } catch (IOException | UncheckedIOException e) { // it is being written, or was deleted
      return Optional.empty();
    }
  }

  static int compare(String a, String b) {
    List<String> left = parts(a);
    List<String> right = parts(b);
    for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
      int order = comparePart(left.get(i), right.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(left.size(), right.size());
  }

  private static List<String> parts(String name) {
    return PART.matcher(name).results().map(MatchResult::group).toList();
  }

  private static int comparePart(String a, String b) {
    boolean numbers = Character.isDigit(a.charAt(0)) && Character.isDigit(b.charAt(0));
    return numbers ? new BigInteger(a).compareTo(new BigInteger(b)) : a.compareTo(b);
  }
}
