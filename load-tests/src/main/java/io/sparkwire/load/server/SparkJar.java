package io.sparkwire.load.server;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** Sparkwire's fat jar, as a program and as the Spark that other programs can run on. */
public record SparkJar(Path path) {
  private static final String OPENS = "Add-Opens";

  /**
   * @param path may be relative; programs run in other directories
   */
  public SparkJar {
    path = path.toAbsolutePath();
  }

  /** Arguments of {@code java} for Sparkwire's command line. */
  List<String> sparkwire(String... arguments) {
    return JavaCommand.join(List.of("-jar", path.toString()), List.of(arguments));
  }

  /** Arguments of {@code java} for a program that runs on the Spark of this jar. */
  public List<String> program(Path classes, String main, String... arguments) {
    String classPath = classes + File.pathSeparator + path;
    return JavaCommand.join(opens(), List.of("-cp", classPath, main), List.of(arguments));
  }

  /** What any Spark needs of the JVM's modules, as the jar's manifest says it. */
  List<String> opens() {
    try (JarFile file = new JarFile(path.toFile())) {
      String modules = file.getManifest().getMainAttributes().getValue(OPENS);
      return Stream.of(modules.split(" "))
          .map(module -> "--add-opens=" + module + "=ALL-UNNAMED")
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
