package io.sparkwire.load.server;

import io.sparkwire.load.client.Target;

/**
 * One server to be measured, and how to start it.
 *
 * @param name as the table shows it
 * @param target its route that is measured, on 127.0.0.1
 */
public record Contestant(String name, Standing standing, Target target, Launch launch) {
  private static final String EARLIER_SUFFIX = "-before";

  public int port() {
    return target.url().getPort();
  }

  /** Whether the first name is that of the earlier build of the second. */
  public static boolean isEarlier(String name, String of) {
    return name.equals(of + EARLIER_SUFFIX);
  }

  /** The same as an earlier build of Sparkwire. */
  Contestant earlier() {
    return new Contestant(name + EARLIER_SUFFIX, Standing.EARLIER, target, launch);
  }

  /** The same, asked over TLS. */
  Contestant secured() {
    return new Contestant(name, standing, target.secured(), launch);
  }

  /** The same, asked with a further header field. */
  public Contestant with(String field) {
    return new Contestant(name, standing, target.with(field), launch);
  }

  /** What a contestant is to the benchmark. */
  public enum Standing {
    /** A server with nothing behind it. */
    LIMIT,
    SPARKWIRE,
    /** An earlier build of Sparkwire, which is held to the same. */
    EARLIER,
    /** Another way to serve; when it fails, that is a result. */
    PEER
  }
}
