package io.sparkwire.load.server;

import java.nio.file.Path;

/** Where one run keeps its logs, and what its servers write. Stateless. */
public final class WorkDirectory {
  private WorkDirectory() {}

  /** Another one for each run of this command. */
  public static Path of(String command) {
    return Path.of("load-tests", "target", command, "run-" + ProcessHandle.current().pid())
        .toAbsolutePath();
  }
}
