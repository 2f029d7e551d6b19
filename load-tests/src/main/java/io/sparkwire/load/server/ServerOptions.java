package io.sparkwire.load.server;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** What every server of a comparison has in common, as it stands on the command line. */
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
