package io.sparkwire.onnx;

import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Loads the native library of Hugging Face's tokenizers, once per JVM, from the jar alone.
 *
 * <p>DJL's own loader is not used: it looks for graphics cards, downloads a library where it finds
 * one, keeps files in the user's home directory, and reports to its makers. This one copies the
 * library to a directory of its own in {@code java.io.tmpdir}, about 15 MB, and removes it as soon
 * as it is loaded; on Windows, at the end of the JVM.
 *
 * <p>The library belongs to the class loader of this class, which must be that of DJL's class, too.
 * Runs on: driver, task thread. Thread-safe.
 */
final class TokenizerLibrary {

  private static final List<String> OF_WINDOWS =
      List.of("libwinpthread-1.dll", "libgcc_s_seh-1.dll", "libstdc++-6.dll", "tokenizers.dll");

  private static boolean loaded;

  private TokenizerLibrary() {}

  /**
   * The native functions.
   *
   * @throws IllegalStateException if there are none for this machine; says why
   */
  static synchronized TokenizersLibrary get() {
    if (!loaded) {
      load(System.getProperty("os.name"), System.getProperty("os.arch"));
      loaded = true;
    }
    return TokenizersLibrary.LIB;
  }

  private static void load(String osName, String arch) {
    String platform = platform(osName, arch);
    boolean isWindows = platform.startsWith("win");
    try {
      Path directory = Files.createTempDirectory("sparkwire-tokenizers");
      try {
        for (String name : isWindows ? OF_WINDOWS : List.of(System.mapLibraryName("tokenizers"))) {
          System.load(copy(platform, name, directory).toString());
        }
      } finally {
        remove(directory);
      }
    } catch (IOException | UnsatisfiedLinkError e) {
      throw new IllegalStateException(
          "cannot load the tokenizers' library for " + platform + ": " + e.getMessage(), e);
    }
  }

  /** The name of a platform in the jar. */
  static String platform(String osName, String arch) {
    String os = osName.toLowerCase(Locale.ROOT);
    String system = os.startsWith("win") ? "win" : os.startsWith("mac") ? "osx" : "linux";
    return system + "-" + (arch.equals("amd64") ? "x86_64" : arch);
  }

  private static Path copy(String platform, String name, Path directory) throws IOException {
    String resource = "/native/lib/" + platform + "/cpu/" + name;
    try (InputStream in = TokenizersLibrary.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(
            "there is no tokenizers' library for "
                + platform
                + "; there are for linux-x86_64, linux-aarch64, osx-aarch64 and win-x86_64");
      }
      Path file = directory.resolve(name);
      Files.copy(in, file);
      return file.toAbsolutePath();
    }
  }

  private static void remove(Path directory) {
    File[] files = directory.toFile().listFiles();
    directory.toFile().deleteOnExit(); // after the files in it: what is last, goes first
    for (File file : files == null ? new File[0] : files) {
      if (!file.delete()) {
        file.deleteOnExit();
      }
    }
    directory.toFile().delete();
  }
}
