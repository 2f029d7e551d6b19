package io.sparkwire.retention;

import io.vertx.core.MultiMap;
import java.util.Locale;
import java.util.stream.Stream;

/** Reads the header field {@code Prefer} (RFC 7240). Stateless. */
final class Preference {

  static final String FIELD = "Prefer";
  static final String RESPOND_ASYNC = "respond-async";

  private Preference() {}

  /** Whether the client would rather come back for its reply than wait. */
  static boolean asksForAsync(MultiMap headers) {
    return headers.contains(FIELD)
        && headers.getAll(FIELD).stream()
            .flatMap(field -> Stream.of(field.split(",")))
            .map(preference -> preference.split(";", 2)[0].trim().toLowerCase(Locale.ROOT))
            .anyMatch(RESPOND_ASYNC::equals);
  }
}
