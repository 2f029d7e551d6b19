package io.sparkwire.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListenAddressTest {

  private static void refused(String host, int port, String message) {
    assertThatThrownBy(() -> new ListenAddress(host, port))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 8888, 65_535})
  void portsOfTcpAreAllowed(int port) {
    assertThat(new ListenAddress(ListenAddress.HOST.defaultValue(), port).port()).isEqualTo(port);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 65_536})
  void aPortThatDoesNotExistIsRefused(int port) {
    refused("127.0.0.1", port, "option 'port' must be 0 to 65535, got '" + port + "'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "[::1]", "fe80::1%eth0", "node-7.example.org"})
  void addressesAndNamesAreAllowed(String host) {
    assertThat(new ListenAddress(host, 0).host()).isEqualTo(host);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "http://a", "a/b"})
  void aHostThatIsNeitherIsRefused(String host) {
    refused(host, 0, "option 'host' must be an address or a host name, got '" + host + "'");
  }
}
