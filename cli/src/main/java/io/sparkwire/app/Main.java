package io.sparkwire.app;

import io.sparkwire.logging.SparkLog;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** The program {@code sparkwire}. Runs on: driver, its main thread. */
public final class Main {

  /** Netty's events for Flight Recorder, which would load Flight Recorder with the first buffer. */
  private static final String NETTY_EVENTS = "io.netty.jfr.enabled";

  private static final int CALLED_WRONGLY = 2;

  private Main() {}

  /** Runs one command, and ends the JVM with its exit code. */
  public static void main(String[] args) {
    JavaRelease.refusal(Runtime.version().feature()).ifPresent(Main::refuse);
    SparkLog.configure();
    if (System.getProperty(NETTY_EVENTS) == null) {
      System.setProperty(NETTY_EVENTS, "false");
    }
    Console console =
        new Console(
            new PrintWriter(System.out, true, StandardCharsets.UTF_8),
            new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    StopSignals signals = new StopSignals(System::exit);
    System.exit(new Sparkwire(System.getenv(), console, signals).run(args));
  }

  private static void refuse(String reason) {
    System.err.println("sparkwire: " + reason);
    System.exit(CALLED_WRONGLY);
  }
}
