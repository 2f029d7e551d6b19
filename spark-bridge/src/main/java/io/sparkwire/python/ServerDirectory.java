package io.sparkwire.python;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The directory of a server: its program, and the socket that it listens on. Only the user of this
 * JVM can enter it. The server deletes it at its end. Immutable.
 */
record ServerDirectory(Path path) {

  private static final String PROGRAM = "sparkwire_worker.py";
  private static final List<String> FILES =
      List.of(PROGRAM, "sparkwire_channel.py", "sparkwire_frames.py", "sparkwire_functions.py");

  /** A Unix socket has a path of 103 bytes at most on any system, of which 45 are ours. */
  private static final int LONGEST_PARENT = 58;

  private static final Path SHORT_PARENT = Path.of("/tmp");

  /**
   * Makes one, with the program in it.
   *
   * @param temporary where, unless its path is too long for a socket's
   * @throws PythonStartException if that cannot be done
   */
  static ServerDirectory create(Path temporary) {
    boolean isShort = temporary.toString().length() <= LONGEST_PARENT;
    try {
      Path path = // for its owner alone
          Files.createTempDirectory(isShort ? temporary : SHORT_PARENT, "sparkwire-python-");
      for (String file : FILES) {
        try (InputStream source = ServerDirectory.class.getResourceAsStream(file)) {
          Files.copy(source, path.resolve(file));
        }
      }
      return new ServerDirectory(path);
    } catch (IOException e) {
      throw new PythonStartException("cannot make a directory for Python workers: " + e, e);
    }
  }

  Path program() {
    return path.resolve(PROGRAM);
  }

  Path socket() {
    return path.resolve("socket");
  }

  /** Deletes what its server has left. */
  void delete() {
    if (Files.exists(path)) {
      try (Stream<Path> files = Files.walk(path)) {
        files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
      } catch (IOException e) {
        // it stays in the system's directory for temporary files
      }
    }
  }
}
