package io.sparkwire.message;

import io.sparkwire.options.ConfigOption;
import io.sparkwire.options.OptionType;
import java.io.Serializable;

/**
 * The address on which a service, or a whole node, takes requests. Immutable.
 *
 * @param host the interface to listen on
 * @param port 1 to 65,535, or 0 for any free one
 */
public record ListenAddress(String host, int port) implements Serializable {

  public static final ConfigOption<String> HOST =
      ConfigOption.of(
          "host",
          OptionType.texts(
              "ADDRESS",
              host -> host.matches("[A-Za-z0-9._:%\\[\\]-]+"),
              "an address or a host name"),
          "127.0.0.1",
          "Interface to listen on; 0.0.0.0 for all");

  public static final ConfigOption<Integer> PORT =
      ConfigOption.of(
          "port", OptionType.numbers(0, 65_535), "8888", "Port to listen on; 0 for any free one");

  public ListenAddress {
    HOST.check(host);
    PORT.check(port);
  }
}
