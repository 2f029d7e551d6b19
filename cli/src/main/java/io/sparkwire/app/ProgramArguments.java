package io.sparkwire.app;

import io.sparkwire.logging.LogFormat;
import io.sparkwire.logging.SparkLog;
import picocli.CommandLine.Option;

/** The arguments of every command. */
final class ProgramArguments {

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "YAML file with options, as in 'port: 8888'. An environment variable as in"
              + " SPARKWIRE_PORT overrides it, and the command line overrides both.")
  void config(String file) {
    // It is declared for the help; Settings has read it before all other options.
  }

  @Option(names = "--verbose", description = "Show the log, and the stack trace of a failure.")
  private boolean verbose;

  @Option(
      names = "--log-format",
      paramLabel = "text|json",
      description = "What a line of the log is like (default: text).")
  private LogFormat format = LogFormat.TEXT;

  SparkLog log() {
    return new SparkLog(verbose, format);
  }
}
