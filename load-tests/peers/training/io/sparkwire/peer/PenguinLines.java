package io.sparkwire.peer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.ZipFile;

/** The demo's data, as it lies in Sparkwire's jar. Stateless. */
final class PenguinLines {
  private static final String ENTRY = "io/sparkwire/app/penguins.csv";

  private PenguinLines() {}

  /** Lines of CSV without the head. */
  static List<String> in(String jar) throws IOException {
    try (ZipFile file = new ZipFile(jar);
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(
                    file.getInputStream(file.getEntry(ENTRY)), StandardCharsets.UTF_8))) {
      return lines.lines().skip(1).collect(Collectors.toList());
    }
  }
}
