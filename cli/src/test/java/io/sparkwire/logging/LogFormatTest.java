package io.sparkwire.logging;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkwire.log.Event;
import io.sparkwire.log.LogFields;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.Property;
import org.apache.logging.log4j.layout.template.json.JsonTemplateLayout;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What lines in JSON are like. */
class LogFormatTest {

  private static final String NAME = LogFormatTest.class.getName();

  private final Logger logger = (Logger) LogManager.getLogger(NAME);
  private final org.slf4j.Logger log = LoggerFactory.getLogger(NAME);
  private final Lines lines = new Lines(logger);

  /** Keeps lines in the format of the program. */
  private static final class Lines extends AbstractAppender {

    final List<String> texts = new ArrayList<>();

    Lines(Logger logger) {
      super(
          "lines",
          null,
          JsonTemplateLayout.newBuilder()
              .setConfiguration(logger.getContext().getConfiguration())
              .setEventTemplateUri("classpath:io/sparkwire/logging/log.json")
              .build(),
          false,
          Property.EMPTY_ARRAY);
    }

    @Override
    public void append(LogEvent event) {
      texts.add(getLayout().toSerializable(event).toString());
    }
  }

  @BeforeEach
  void listen() {
    lines.start();
    Configurator.setLevel(NAME, Level.INFO);
    logger.addAppender(lines);
  }

  @AfterEach
  void stop() {
    logger.removeAppender(lines);
  }

  private JsonObject line() {
    assertThat(lines.texts).hasSize(1);
    assertThat(lines.texts.get(0)).endsWith("}" + System.lineSeparator());
    return new JsonObject(lines.texts.get(0));
  }

  @Test
  void anEventHasItsNameInAFieldAndNotInItsMessage() {
    LogFields.ofRequest(
        "n1-7", () -> Event.REPLY_LOST.warn(log, "the reply to \"{}\"\nwas lost", "a"));
    JsonObject line = line();

    assertThat(line.remove("time").toString())
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
    assertThat(line)
        .isEqualTo(
            JsonObject.of("level", "WARN", "logger", NAME)
                .put("thread", Thread.currentThread().getName())
                .put("event", "reply-lost")
                .put("requestId", "n1-7")
                .put("message", "the reply to \"a\"\nwas lost"));
  }

  @Test
  void anotherLineHasNeither() {
    log.info("a line");

    assertThat(line().fieldNames()).containsExactly("time", "level", "logger", "thread", "message");
  }

  @Test
  void aFaultHasItsStackTrace() {
    Event.QUERY_FAILED.error(log, new IllegalStateException("why"), "query {} has failed", "q");

    assertThat(line().getString("message")).isEqualTo("query q has failed: why");
    assertThat(line().getString("stackTrace"))
        .startsWith("java.lang.IllegalStateException: why")
        .contains("LogFormatTest.aFaultHasItsStackTrace");
  }
}
