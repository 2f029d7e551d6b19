package io.sparkwire.cluster;

import io.netty.channel.Channel;

/** What becomes of the connections that a listener accepts. Runs on: the acceptor's event loop. */
@FunctionalInterface
public interface AcceptRule {

  /**
   * Checks a connection before anything of it is read; may put handlers into its pipeline.
   *
   * @return false if it is to be closed at once
   */
  boolean accept(Channel connection);
}
