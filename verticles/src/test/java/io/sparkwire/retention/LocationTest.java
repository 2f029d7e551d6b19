package io.sparkwire.retention;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocationTest {

  @ParameterizedTest
  @CsvSource({
    "/s, /s/.requests/n",
    "/s/?a=http://b/c, /s/.requests/n",
    "/, /.requests/n",
    "http://elsewhere.example/s, /s/.requests/n",
    "HTTPS://elsewhere.example:80/s?q, /s/.requests/n",
    "http://elsewhere.example, /.requests/n",
    "//elsewhere.example/s, /elsewhere.example/s/.requests/n",
    "///s, /s/.requests/n"
  })
  void aLocationIsAPathOfThisHost(String uri, String location) {
    assertThat(AsyncRequests.location(uri, "n")).isEqualTo(location);
  }
}
