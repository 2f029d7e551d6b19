package io.sparkwire.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkwire.access.Access;
import io.sparkwire.access.Gate;
import io.sparkwire.endpoint.Endpoint;
import io.sparkwire.message.ServicePath;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.ServiceSpec;
import io.vertx.core.Deployable;
import io.vertx.core.http.HttpServerOptions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Paths as clients spell them. */
class PathsTest {

  private final ServedNode node = new ServedNode(2);

  @AfterEach
  void stop() {
    node.close();
  }

  private static ServiceSpec spec(String name, String path) {
    return ServedNode.spec(name, path, ofSeconds(30), 100);
  }

  @Test
  void allSpellingsOfAPathReachItsService() throws Exception {
    int port = node.listeners.open(node.echo(spec("cafe", "/caf\u00E9")));
    node.listeners.open(node.echo(spec("blank", "/a b/")));
    node.listeners.open(node.echo(spec("action", "/models/m:predict")));
    try (RawHttp http = new RawHttp(port)) {
      for (String path :
          List.of(
              "/caf%C3%A9",
              "/caf%c3%a9/",
              "/c%61f%C3%A9",
              "/a%20b",
              "/a%20b/?q=1",
              "/models/m:predict",
              "/models/m%3Apredict")) {
        assertThat(http.post(path, path).receive().body()).isEqualTo(path);
      }
      assertThat(http.post("/models/mine", "").receive().status()).isEqualTo(404);
      assertThat(http.post("/cafe", "").receive().status()).isEqualTo(404);
    }
  }

  @Test
  void aParameterBesideEscapedCharactersIsDecoded() throws Exception {
    int port =
        node.listeners.open(
            node.serve(
                spec("p", "/caf\u00E9/:table/:seat"),
                r ->
                    r.answer(
                        ServiceReply.ok(
                            "text/plain", r.request().pathParams().toString().getBytes(UTF_8)))));
    try (RawHttp http = new RawHttp(port)) {
      assertThat(http.post("/caf%c3%a9/one%2Ftwo/%C3%A9", "").receive().body())
          .contains("table=one/two", "seat=\u00E9");
    }
  }

  @Test
  void aWrongMethodIs405AtEachSpelling() throws Exception {
    int port = node.listeners.open(node.echo(spec("cafe", "/caf\u00E9/:id")));
    try (RawHttp http = new RawHttp(port)) {
      RawHttp.Response response =
          http.send("GET /c%61f%c3%a9/1 HTTP/1.1\r\nHost: t\r\n\r\n").receive();
      assertThat(response.status()).isEqualTo(405);
      assertThat(response.headers()).containsEntry("allow", "OPTIONS, POST");
    }
  }

  @Test
  void anotherSpellingOfATakenPathIsTaken() {
    node.listeners.open(node.echo(spec("one", "/caf\u00E9/:x")));
    ServiceSpec second = spec("two", "/caf%c3%a9/:y/");
    assertThatThrownBy(() -> node.listeners.open(node.echo(second)))
        .hasMessageContaining("path '/caf%C3%A9/:y' is already served by 'one'");
  }

  @Test
  void aFailureOnAnEventLoopReachesTheWaitingCaller() throws Exception {
    IngressVerticle ingress =
        new IngressVerticle(
            new HttpServerOptions().setHost("127.0.0.1").setPort(0),
            new NodeTraffic(node.node, node.exchanges),
            Gate.of(Optional.empty(), false, null),
            null);
    node.node.vertx().deployVerticle((Deployable) ingress).await();
    Endpoint endpoint =
        new Endpoint(
            new ServicePath("/s"),
            Access.OPEN,
            Set.of("POST"),
            loop -> {
              throw new IllegalArgumentException("no handler for /s");
            });
    assertThatThrownBy(
            () ->
                ingress
                    .serve(List.of(endpoint), (path, failure) -> failure)
                    .await(20, TimeUnit.SECONDS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no handler for /s");
  }
}
