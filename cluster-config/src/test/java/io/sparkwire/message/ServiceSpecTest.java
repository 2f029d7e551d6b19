package io.sparkwire.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkwire.message.ResponseOptions.RequestIds;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceSpecTest {

  private static final ServiceSpec SPEC =
      new ServiceSpec(
          "A.b-c_9",
          new ListenAddress("0.0.0.0", 9999),
          new RouteSpec(
              "/models/:name",
              Set.of("PUT", "GET"),
              true,
              Set.of(ServiceProtocol.JSON, ServiceProtocol.V2),
              false),
          new ServiceLimits(17, 64, 5, Duration.ofSeconds(3)),
          new ReplyRetention(Duration.ofHours(1), Duration.ofHours(2)),
          new ResponseOptions(404, 2_000, 429, RequestIds.ALWAYS, true),
          new ServiceSchema("value INT", "ARRAY<DOUBLE>"));

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a b", "a/b", "a\n", "ä", "a:b"})
  void aNameOfOtherCharactersIsRefused(String wrong) {
    assertThatThrownBy(() -> TestSpec.of(wrong).path("/s").build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "option 'service' must be letters, digits, '.', '-' and '_', got '" + wrong + "'");
  }

  @Test
  void onAnotherListenerAllElseIsTheSame() {
    ListenAddress other = new ListenAddress("127.0.0.1", 0);

    assertThat(SPEC.at(other).listener()).isEqualTo(other);
    assertThat(SPEC.at(other).at(SPEC.listener())).isEqualTo(SPEC);
  }

  @Test
  void withAnotherSchemaTheRestIsTheSame() {
    ServiceSpec other = SPEC.withSchema(ServiceSchema.UNKNOWN);

    assertThat(other.schema()).isEqualTo(ServiceSchema.UNKNOWN);
    assertThat(other.withSchema(SPEC.schema())).isEqualTo(SPEC);
  }

  @Test
  void itTravelsWithTasks() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new ObjectOutputStream(bytes).writeObject(SPEC);
    Object copy = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();

    assertThat(copy).isEqualTo(SPEC);
  }
}
