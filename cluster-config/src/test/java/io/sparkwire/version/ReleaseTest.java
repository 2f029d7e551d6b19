package io.sparkwire.version;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReleaseTest {

  @Test
  void versionsAreThoseOfTheBuild() {
    Release release = Release.current();
    assertThat(release.version()).matches("[0-9]+(\\.[0-9]+)+(-\\w+)?");
    assertThat(release.vertx()).matches("5(\\.[0-9]+)+");
  }
}
