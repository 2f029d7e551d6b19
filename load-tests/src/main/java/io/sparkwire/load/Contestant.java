package io.sparkwire.load;

/**
 * One server to be measured, and how to start it.
 *
 * @param name as the table shows it
 * @param target its route that is measured, on 127.0.0.1
 */
record Contestant(String name, Standing standing, Target target, Launch launch) {

  int port() {
    return target.url().getPort();
  }

  /** What a contestant is to the benchmark. */
  enum Standing {
    /** A server with nothing behind it. */
    LIMIT,
    SPARKWIRE,
    /** Somebody else's way to serve; when it fails, that is a result. */
    PEER
  }
}
