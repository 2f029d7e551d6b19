package io.sparkwire.app;

import java.util.Optional;

/**
 * The releases of Java on which the program starts: built with JDK 17, it runs on 17 and 21, and
 * starts on those between and up to 22. Stateless.
 *
 * <p>Hadoop, with which Spark starts, calls {@code Subject.getSubject}, which throws from 23 on.
 * This class uses nothing of Spark, so that it can run first. Runs on: driver, its main thread.
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
            "runs on Java 17 and 21, got Java %d; run it with one of these, for example by JAVA_HOME"
                .formatted(release));
  }
}
