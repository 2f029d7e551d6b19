package io.sparkwire.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ServiceSchemaTest {

  @Test
  void aTextThatIsTooLongForEveryNodeToReadIsLeftOut() {
    String longest = "x".repeat(8_192);

    assertThat(new ServiceSchema(longest, "a INT").body()).isEqualTo(longest);
    assertThat(new ServiceSchema(longest + "x", "a INT")).isEqualTo(new ServiceSchema("", "a INT"));
    assertThat(new ServiceSchema("a INT", longest + "x")).isEqualTo(new ServiceSchema("a INT", ""));
  }
}
