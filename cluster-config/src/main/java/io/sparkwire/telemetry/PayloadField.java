package io.sparkwire.telemetry;

import io.sparkwire.options.Options;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** A field of the payload log that may be left out. */
public enum PayloadField {
  PRINCIPAL,
  URI,
  REQUEST_BODY,
  REPLY_BODY;

  /** Its path in a record, as in {@code request.body}. */
  public String path() {
    return name().toLowerCase(Locale.ROOT).replace('_', '.');
  }

  static String allowed() {
    return Arrays.stream(values())
        .map(PayloadField::path)
        .collect(Collectors.joining(", ", "any of ", ", with commas between"));
  }

  /**
   * The fields with these paths.
   *
   * @throws IllegalArgumentException if there is no such field
   */
  static Set<PayloadField> of(Collection<String> paths) {
    Set<PayloadField> fields = EnumSet.noneOf(PayloadField.class);
    for (String path : paths) {
      PayloadField field =
          Arrays.stream(values())
              .filter(each -> each.path().equalsIgnoreCase(path))
              .findFirst()
              .orElse(null);
      Options.require(field != null, PayloadLogOptions.OMIT.name(), allowed(), path);
      fields.add(field);
    }
    return fields;
  }
}
