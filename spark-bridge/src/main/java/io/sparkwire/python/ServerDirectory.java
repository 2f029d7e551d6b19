package io.sparkwire.python;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The directory of a server: its program, and the socket that it listens on. Only the user of this
 * JVM can enter it. The server deletes it at its end. Immutable.
 */
record ServerDirectory(Path path) {

  private static final String PROGRAM = "sparkwire_worker.py";
  private static final String SOCKET = "socket";

  /**
   * Makes one, with the program in it.
   *
   * @throws PythonStartException if that cannot be done
   */
  static ServerDirectory create() {
    try (InputStream program = ServerDirectory.class.getResourceAsStream(PROGRAM)) {
      Path path = Files.createTempDirectory("sparkwire-python-"); // for its owner alone
      ServerDirectory directory = new ServerDirectory(path);
      Files.copy(program, directory.program());
      return directory;
    } catch (IOException e) {
      throw new PythonStartException("cannot make a directory for Python workers: " + e, e);
    }
  }

  Path program() {
    return path.resolve(PROGRAM);
  }

  Path socket() {
    return path.resolve(SOCKET);
  }

  /** Deletes what its server has left. */
  void delete() {
    try {
      Files.deleteIfExists(socket());
      Files.deleteIfExists(program());
      Files.deleteIfExists(path);
    } catch (IOException e) {
      // it stays in the system's directory for temporary files
    }
  }
}
