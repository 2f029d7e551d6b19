package io.sparkwire.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceReplyTest {

  private static final List<Header> HEADERS = List.of(new Header("A", "b"));

  @Test
  void aBodyComesWith200AndItsType() {
    ServiceReply reply = ServiceReply.ok("text/plain", "hello".getBytes(UTF_8));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.contentType()).isEqualTo("text/plain");
    assertThat(reply.headers()).isEmpty();
    assertThat(reply.body()).asString(UTF_8).isEqualTo("hello");
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 204, 404, 599})
  void aStatusThatEndsARequestIsAllowed(int status) {
    assertThat(new ServiceReply(status, null, HEADERS, new byte[0]).status()).isEqualTo(status);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 100, 199, 600})
  void anyOtherStatusIsRefused(int status) {
    assertThatThrownBy(() -> new ServiceReply(status, null, HEADERS, new byte[0]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a reply's status is 200 to 599, got " + status);
  }
}
