package io.sparkwire.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceSpecTest {

  private String name = "my_api";
  private int port = ServiceSpec.DEFAULT_PORT;
  private String path = "/my_api";
  private Set<String> methods = ServiceSpec.DEFAULT_METHODS;
  private int maxInFlight = ServiceSpec.DEFAULT_MAX_IN_FLIGHT;
  private long maxBodyBytes = ServiceSpec.DEFAULT_MAX_BODY_BYTES;
  private Duration timeout = ServiceSpec.DEFAULT_TIMEOUT;

  private ServiceSpec spec() {
    return new ServiceSpec(
        name, ServiceSpec.DEFAULT_HOST, port, path, methods, maxInFlight, maxBodyBytes, timeout);
  }

  private void refused(String message) {
    assertThatThrownBy(this::spec).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }

  @Test
  void theDefaultsAreAllowed() {
    assertThat(spec())
        .isEqualTo(
            new ServiceSpec(
                "my_api",
                "127.0.0.1",
                8888,
                "/my_api",
                Set.of("POST"),
                1024,
                1_048_576,
                Duration.ofSeconds(30)));
  }

  @Test
  void theEndsOfAllRangesAreAllowed() {
    name = "A.b-c_9";
    port = 0;
    path = "/";
    maxInFlight = 1;
    maxBodyBytes = 0;
    timeout = Duration.ofMillis(1);
    assertThat(spec().name()).isEqualTo(name);

    port = 65_535;
    maxInFlight = 1 << 20;
    maxBodyBytes = Integer.MAX_VALUE;
    timeout = Duration.ofDays(36_500);
    assertThat(spec().maxBodyBytes()).isEqualTo(maxBodyBytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a b", "a/b", "a\n", "ä", "a:b"})
  void aNameOfOtherCharactersIsRefused(String wrong) {
    name = wrong;
    refused("option 'service' must be letters, digits, '.', '-' and '_', got '" + wrong + "'");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 65_536})
  void aPortThatDoesNotExistIsRefused(int wrong) {
    port = wrong;
    refused("option 'port' must be 0 to 65535, got '" + wrong + "'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "my_api", " /my_api"})
  void aPathWithoutSlashIsRefused(String wrong) {
    path = wrong;
    refused("option 'path' must be a path that starts with '/', got '" + wrong + "'");
  }

  @Test
  void aServiceWithoutMethodIsRefused() {
    methods = Set.of();
    refused("option 'methods' must be at least one HTTP method, got '[]'");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, (1 << 20) + 1})
  void aNumberInFlightThatMakesNoSenseIsRefused(int wrong) {
    maxInFlight = wrong;
    refused("option 'max-in-flight' must be 1 to 1048576, got '" + wrong + "'");
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 1L << 31})
  void aBodyThatFitsNoArrayIsRefused(long wrong) {
    maxBodyBytes = wrong;
    refused("option 'max-body' must be 0 to 2147483647 bytes, got '" + wrong + "'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT0.000999S", "PT-1S"})
  void aTimeoutBelowAMillisecondIsRefused(Duration wrong) {
    timeout = wrong;
    refused("option 'timeout' must be at least 1 ms, got '" + wrong + "'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET POST", "", "POST;", "G\u00C9T", "GET/POST", "(POST)", "POST\n"})
  void aMethodThatIsNoTokenIsRefused(String wrong) {
    methods = Set.of(wrong);
    refused(
        "option 'methods' must be names of HTTP methods with commas between, as in GET,POST, got '"
            + wrong
            + "'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"CONNECT", "TRACE", "PRI"})
  void aMethodThatNoServiceCanAnswerIsRefused(String wrong) {
    methods = Set.of(wrong);
    refused(
        "option 'methods' must be methods that a service can answer, none of CONNECT, TRACE, PRI,"
            + " got '"
            + wrong
            + "'");
  }

  @Test
  void aMethodMayBeOneThatNobodyKnows() {
    methods = Set.of("M-SEARCH");
    assertThat(spec().methods()).containsExactly("M-SEARCH");
  }

  @Test
  void theSpellingsOfAPathMakeNoDifference() {
    path = "/caf\u00E9/";
    ServiceSpec one = spec();
    path = "/caf%c3%a9";
    assertThat(spec()).isEqualTo(one);
    assertThat(one.path()).isEqualTo("/caf%C3%A9");
  }

  @Test
  void laterChangesOfTheMethodsDoNotCount() {
    methods = new HashSet<>(Set.of("POST"));
    ServiceSpec spec = spec();
    methods.add("GET");

    assertThat(spec.methods()).containsExactly("POST");
  }

  @Test
  void itTravelsWithTasks() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new ObjectOutputStream(bytes).writeObject(spec());
    Object copy = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();

    assertThat(copy).isEqualTo(spec());
  }
}
