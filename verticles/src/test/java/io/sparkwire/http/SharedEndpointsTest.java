package io.sparkwire.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkwire.exchange.Service;
import io.sparkwire.message.ServiceProtocol;
import io.sparkwire.message.TestSpec;
import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The paths that a listener has for all of its services. */
class SharedEndpointsTest {

  private final ServedNode node = new ServedNode(2);
  private int port;

  @AfterEach
  void stop() {
    node.close();
  }

  private Service open(TestSpec spec) {
    Service service = node.echo(spec.build());
    port = node.listeners.open(service);
    return service;
  }

  private RawHttp.Response ask(String method, String path) throws IOException {
    try (RawHttp http = new RawHttp(port)) {
      return http.send(method + ' ' + path + " HTTP/1.1\r\nHost: t\r\nContent-Length: 2\r\n\r\nhi")
          .receive();
    }
  }

  private int status(String method, String path) throws IOException {
    return ask(method, path).status();
  }

  @Test
  void aServiceHasTheProtocolsThatItNames() throws Exception {
    open(TestSpec.of("json").protocols(ServiceProtocol.JSON));
    assertThat(status("POST", "/json")).isEqualTo(200);
    assertThat(status("GET", "/ping")).isEqualTo(404);

    open(TestSpec.of("scoring").protocols(ServiceProtocol.MLFLOW));
    assertThat(status("POST", "/scoring")).isEqualTo(404);
    assertThat(status("GET", "/ping")).isEqualTo(200);

    open(TestSpec.of("all"));
    assertThat(status("POST", "/all")).isEqualTo(200);
    assertThat(status("GET", "/health")).isEqualTo(200);
  }

  @Test
  void aServiceKeepsThePathsThatItHasItself() throws Exception {
    open(TestSpec.of("mine").path("/ping").methods(Set.of("GET", "POST")));
    assertThat(ask("GET", "/ping").body()).isEqualTo("hi");
    assertThat(ask("GET", "/health").body()).isEqualTo("\n");

    open(TestSpec.of("any").path("/:any").methods(Set.of("GET")));
    assertThat(ask("GET", "/health").body()).isEqualTo("hi");
  }

  @Test
  void aListenerIsHealthyWhileAllItsServicesAreReady() throws Exception {
    Service failing = open(TestSpec.of("failing"));
    failing.failing(true);
    RawHttp.Response response = ask("GET", "/ping");
    assertThat(response.status()).isEqualTo(503);
    assertThat(response.body()).contains("not all services are ready");

    failing.failing(false);
    assertThat(status("GET", "/ping")).isEqualTo(200);
    failing.stopAdmitting();
    assertThat(status("GET", "/ping")).isEqualTo(503);
  }
}
