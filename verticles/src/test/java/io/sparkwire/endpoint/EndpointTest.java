package io.sparkwire.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkwire.access.Access;
import io.sparkwire.message.ServicePath;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointTest {

  private static Endpoint endpoint(String path, String methods) {
    return new Endpoint(
        new ServicePath(path),
        Access.OPEN,
        Set.of(methods.split(" ")),
        loop -> (request, parameters, responder) -> {});
  }

  @ParameterizedTest
  @CsvSource({
    "/a, GET, /a/, GET POST, true",
    "/a/:x, GET, /a/:y, GET, true",
    "/caf\u00E9, GET, /caf%C3%A9, GET, true",
    "/a, GET, /a, POST, false",
    "/a, GET, /a, HEAD, false",
    "/a, GET, /b, GET, false",
    "/a/b, GET, /a/:x, GET, false",
    "/:x/b, GET, /a/:y, GET, false"
  })
  void twoConflictIfTheyShareAllTheirPathsAndAMethod(
      String path, String methods, String otherPath, String otherMethods, boolean conflict) {
    Endpoint one = endpoint(path, methods);
    Endpoint other = endpoint(otherPath, otherMethods);

    assertThat(one.conflictsWith(other)).isEqualTo(conflict);
    assertThat(other.conflictsWith(one)).isEqualTo(conflict);
  }
}
