package io.sparkwire.message;

import io.sparkwire.options.ConfigOption;
import io.sparkwire.options.OptionType;
import java.io.Serializable;
import java.util.List;

/**
 * What the responses of a service are like, beyond what its pipeline says.
 *
 * <p>Immutable.
 *
 * @param noRow the status of a request whose row the pipeline leaves out: 204, 404 or 422
 */
public record ResponseOptions(int noRow) implements Serializable {

  public static final ConfigOption<Integer> NO_ROW =
      ConfigOption.of(
          "no-row",
          OptionType.numbers(List.of(204, 404, 422)),
          "204",
          "Status for a request whose row the pipeline leaves out");

  public static final ResponseOptions DEFAULT = new ResponseOptions(NO_ROW.defaultValue());

  public ResponseOptions {
    NO_ROW.check(noRow);
  }
}
