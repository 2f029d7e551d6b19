package io.sparkwire.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** Loads each class that META-INF/services of a jar names for a service of Hadoop or Spark. */
final class ServiceProviders {

  static final String LOADED = "All providers are there.";

  private ServiceProviders() {}

  /** Ends with a failure if one is missing; takes the jar, which is on the class path. */
  public static void main(String[] args) throws Exception {
    try (JarFile jar = new JarFile(args[0])) {
      for (String provider : providers(jar)) {
        Class<?> loaded = Class.forName(provider, false, ServiceProviders.class.getClassLoader());
        if (loaded.getDeclaredConstructors().length == 0) {
          throw new IllegalStateException(provider + " has no constructor");
        }
      }
    }
    System.out.println(LOADED);
  }

  private static List<String> providers(JarFile jar) {
    return jar.stream()
        .filter(
            entry ->
                entry
                    .getName()
                    .matches(
                        "META-INF/services/org\\.apache\\.(spark|hadoop(?!\\.shaded))\\.[^/]+"))
        .flatMap(entry -> lines(jar, entry))
        .map(line -> line.replaceFirst("#.*", "").strip())
        .filter(line -> !line.isEmpty())
        .distinct()
        .toList();
  }

  private static Stream<String> lines(JarFile jar, JarEntry entry) {
    try {
      return new String(jar.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8).lines();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
