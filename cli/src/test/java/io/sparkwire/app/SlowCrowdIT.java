package io.sparkwire.app;

import io.sparkwire.app.Wave.Kind;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Five thousand slow or idle connections to an {@link AttackedNode} with the default limits. */
@Timeout(600)
class SlowCrowdIT {

  /** So many that a node has 8,192 connections by default, and 7,168 for one address. */
  private static final int FILES = 20_000;

  /** Longer than the defaults of head-timeout and body-timeout. */
  private static final int SECONDS = 20;

  /**
   * The defaults of head-timeout and body-timeout, a second by which these may be late, a second in
   * which the rest of a refused body is discarded, and three for attackers that get little time.
   */
  private static final Duration CUT_OFF = Duration.ofSeconds(15);

  private AttackedNode node;

  @BeforeEach
  void begin(@TempDir Path directory) throws Exception {
    node = new AttackedNode(directory, FILES);
    node.beginToAsk();
  }

  @AfterEach
  void end() throws Exception {
    node.end();
  }

  @Test
  void slowConnectionsAreCutOffInTime() throws Exception {
    node.withstandsFor(SECONDS, CUT_OFF, "a slow crowd", node.http(1, Kind.SLOW_CROWD));
    node.isClean();
  }
}
