package io.sparkwire.load.server;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The command-line options that all servers of a comparison share. */
public final class ServerOptions {
  @Option(
      names = "--jar",
      defaultValue = "cli/target/sparkwire.jar",
      description = "Sparkwire's fat jar. Default: ${DEFAULT-VALUE}")
  private Path jar;

  @Option(
      names = "--heap",
      defaultValue = "1g",
      description = "The same for every server. Default: ${DEFAULT-VALUE}")
  private String heap;

  /** As it was given. */
  public Path jar() {
    return jar;
  }

  /** As in {@code -Xmx}. */
  public String heap() {
    return heap;
  }
}
