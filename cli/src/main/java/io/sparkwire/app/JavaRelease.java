package io.sparkwire.app;

import java.util.Optional;

/**
 * The releases of Java that Sparkwire runs on. Stateless.
 *
 * <p>Up to 22: Hadoop, which Spark starts with, calls {@code Subject.getSubject}, which throws from
 * 23 on. It uses nothing of Spark, so that it can be asked before that starts. Runs on: driver, its
 * main thread.
 */
final class JavaRelease {

  static final int FIRST = 17;
  static final int LAST = 22;

  private JavaRelease() {}

  /** Why a release cannot run Sparkwire, or nothing if it can. */
  static Optional<String> refusal(int release) {
    return release >= FIRST && release <= LAST
        ? Optional.empty()
        : Optional.of(
            "needs Java %d to %d, got Java %d; run it with such a JDK, for example by JAVA_HOME"
                .formatted(FIRST, LAST, release));
  }
}
