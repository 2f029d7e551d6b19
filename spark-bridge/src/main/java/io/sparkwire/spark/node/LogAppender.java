package io.sparkwire.spark.node;

import io.sparkwire.feed.LogTail;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;

/**
 * Copies what Spark's logging back end logs to a {@link LogTail}: no more than its configuration
 * lets pass. Thread-safe.
 */
public final class LogAppender extends AbstractAppender {

  private static final String NAME = "sparkwire-console";

  private final LogTail tail;

  private LogAppender(LogTail tail) {
    super(NAME, null, null, true, Property.EMPTY_ARRAY);
    this.tail = tail;
  }

  /**
   * The lines that are logged from now on, until it is called again; none if the back end is
   * another one than Log4j.
   *
   * <p>Each logger that does not pass its lines on has the appender, and so has the root.
   */
  public static LogTail attach() {
    LogTail tail = new LogTail();
    if (LogManager.getContext(false) instanceof LoggerContext context) {
      LogAppender appender = new LogAppender(tail);
      appender.start();
      LoggerConfig root = context.getConfiguration().getRootLogger();
      context.getConfiguration().getLoggers().values().stream()
          .filter(logger -> !logger.isAdditive() || logger.equals(root))
          .forEach(appender::replaceIn);
      context.updateLoggers();
    }
    return tail;
  }

  /** In the place of the one of a node that has ended. */
  private void replaceIn(LoggerConfig logger) {
    logger.removeAppender(NAME);
    logger.addAppender(this, null, null);
  }

  @Override
  public void append(LogEvent event) {
    String logger = event.getLoggerName();
    tail.add(
        event.getTimeMillis(),
        event.getLevel().name(),
        logger.substring(logger.lastIndexOf('.') + 1),
        event.getMessage().getFormattedMessage());
  }
}
