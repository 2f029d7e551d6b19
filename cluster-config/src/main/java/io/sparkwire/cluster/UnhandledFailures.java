package io.sparkwire.cluster;

import io.sparkwire.log.Event;
import io.vertx.core.Handler;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The handler of failures that no code has handled on an event loop: it logs them.
 *
 * <p>Bytes of a stranger that the event bus cannot read are no fault of this node, and get one
 * line. Stateless.
 */
final class UnhandledFailures implements Handler<Throwable> {

  private static final Logger LOG = LoggerFactory.getLogger(UnhandledFailures.class);

  /** The class of the event bus that reads messages of other nodes. */
  private static final String INBOUND = "io.vertx.core.eventbus.impl.clustered.InboundConnection";

  @Override
  public void handle(Throwable failure) {
    if (isUnreadable(failure)) {
      Event.BUS_BYTES_REFUSED.warn(
          LOG, failure, "the event bus got bytes that are not a message of a node");
    } else {
      Event.EVENT_LOOP_FAILED.error(LOG, failure, "unhandled failure on an event loop");
    }
  }

  static boolean isUnreadable(Throwable failure) {
    return Arrays.stream(failure.getStackTrace())
        .anyMatch(
            frame ->
                frame.getClassName().equals(INBOUND)
                    && frame.getMethodName().equals("decodeMessage"));
  }
}
