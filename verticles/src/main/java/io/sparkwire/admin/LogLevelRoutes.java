package io.sparkwire.admin;

import io.sparkwire.access.Access;
import io.sparkwire.framing.StrictHttp;
import io.sparkwire.log.Event;
import io.sparkwire.message.FailureCode;
import io.sparkwire.message.ServiceFailure;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The paths by which operators read and change the levels of loggers while a program runs. Runs on:
 * event loop.
 */
public final class LogLevelRoutes {

  private static final Logger LOG = LoggerFactory.getLogger(LogLevelRoutes.class);

  private static final String ALL = "/log/levels";
  private static final String ONE = ALL + "/";
  private static final String LEVEL = "level";
  private static final Set<String> KNOWN = Set.of("OFF", "ERROR", "WARN", "INFO", "DEBUG", "TRACE");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.$-]{1,200}");
  private static final int MOST_BYTES = 1_000;
  private static final int OK = 200;

  private final LogLevels levels;

  private LogLevelRoutes(LogLevels levels) {
    this.levels = levels;
  }

  /** Those of a program. */
  public static List<AdminRoute> of(LogLevels levels) {
    LogLevelRoutes routes = new LogLevelRoutes(levels);
    return List.of(
        AdminRoute.get(ALL, Access.ADMIN, routes::show),
        new AdminRoute(ONE + "*", HttpMethod.PUT, Access.ADMIN, routes::set),
        new AdminRoute(ONE + "*", HttpMethod.DELETE, Access.ADMIN, routes::restore));
  }

  private void show(HttpServerRequest asked) {
    JsonObject shown = new JsonObject();
    levels.levels().forEach(shown::put);
    asked
        .response()
        .setStatusCode(OK)
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .putHeader("X-Content-Type-Options", "nosniff");
    StrictHttp.end(
        asked, Buffer.buffer(new JsonObject().put("levels", shown).encodePrettily() + "\n"));
  }

  private void set(HttpServerRequest asked) {
    String length = asked.getHeader(HttpHeaders.CONTENT_LENGTH);
    if (length == null || Long.parseLong(length) > MOST_BYTES) { // the decoder refuses no numbers
      refuse(asked, FailureCode.BODY_TOO_LARGE, "a body has 1 to " + MOST_BYTES + " bytes");
      return;
    }
    asked.body().onSuccess(body -> set(asked, logger(asked), level(body)));
  }

  private void set(HttpServerRequest asked, String logger, String level) {
    if (logger == null || level == null) {
      refuseInput(asked);
      return;
    }
    try {
      levels.set(logger, level);
    } catch (IllegalArgumentException e) {
      refuse(asked, FailureCode.BAD_INPUT, e.getMessage());
      return;
    }
    Event.LOG_LEVEL_CHANGED.info(LOG, "logger {} has the level {}", logger, level);
    show(asked);
  }

  private void restore(HttpServerRequest asked) {
    String logger = logger(asked);
    if (logger == null) {
      refuseInput(asked);
      return;
    }
    if (levels.restore(logger)) {
      Event.LOG_LEVEL_CHANGED.info(LOG, "logger {} has the level from before", logger);
    }
    show(asked);
  }

  /** Null if the path names none. */
  private static String logger(HttpServerRequest asked) {
    String name = asked.path().startsWith(ONE) ? asked.path().substring(ONE.length()) : "";
    return NAME.matcher(name).matches() ? name : null;
  }

  /** Null if the body names none. */
  private static String level(Buffer body) {
    try {
      Object level = new JsonObject(body).getValue(LEVEL);
      String name = level instanceof String text ? text.toUpperCase(Locale.ROOT) : "";
      return KNOWN.contains(name) ? name : null;
    } catch (DecodeException e) {
      return null;
    }
  }

  private static void refuseInput(HttpServerRequest asked) {
    refuse(
        asked,
        FailureCode.BAD_INPUT,
        "send PUT "
            + ONE
            + "NAME with {\"level\":\"DEBUG\"}, or DELETE "
            + ONE
            + "NAME; a level is OFF, ERROR, WARN, INFO, DEBUG or TRACE, and the logger above all is"
            + " root");
  }

  private static void refuse(HttpServerRequest asked, FailureCode code, String detail) {
    StrictHttp.answer(asked, ServiceFailure.of(code, detail));
  }
}
