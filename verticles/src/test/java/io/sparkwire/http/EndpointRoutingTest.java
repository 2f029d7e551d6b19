package io.sparkwire.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofHours;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkwire.exchange.Service;
import io.sparkwire.message.ReplyRetention;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.ServiceSpec;
import io.sparkwire.message.TestSpec;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a listener makes of the endpoints of all its services together. */
class EndpointRoutingTest {

  private static final ReplyRetention ASYNC = new ReplyRetention(Duration.ZERO, ofHours(1));

  private final ServedNode node = new ServedNode(2);
  private int port;

  @AfterEach
  void stop() {
    node.close();
  }

  private static TestSpec spec(String name, String path, String... methods) {
    return TestSpec.of(name).path(path).methods(Set.of(methods));
  }

  private static TestSpec async(String name, String path) {
    return spec(name, path, "POST").retention(ASYNC);
  }

  /** Opens a service that replies with its own name. */
  private Service open(TestSpec built) {
    ServiceSpec spec = built.build();
    Service service =
        node.serve(spec, r -> r.answer(ServiceReply.ok("text/plain", spec.name().getBytes(UTF_8))));
    port = node.listeners.open(service);
    return service;
  }

  private RawHttp.Response ask(String method, String path, String... fields) throws IOException {
    try (RawHttp http = new RawHttp(port)) {
      String more = fields.length == 0 ? "" : String.join("\r\n", fields) + "\r\n";
      return http.send(method + ' ' + path + " HTTP/1.1\r\nHost: t\r\n" + more + "\r\n").receive();
    }
  }

  private String server(String method, String path) throws IOException {
    RawHttp.Response response = ask(method, path);
    assertThat(response.status()).isEqualTo(200);
    return response.body();
  }

  private void assertProblem(String method, String path, int status, String problem)
      throws IOException {
    RawHttp.Response response = ask(method, path);
    assertThat(response.status()).isEqualTo(status);
    assertThat(response.body()).contains("urn:sparkwire:problem:" + problem);
  }

  @ParameterizedTest
  @CsvSource({
    "DELETE, /m/one, 'GET, PATCH, POST, PUT', 'GET, HEAD, OPTIONS, PATCH, POST, PUT'",
    "LOCK, /m/%6Fne/, 'GET, PATCH, POST, PUT', 'GET, HEAD, OPTIONS, PATCH, POST, PUT'",
    "DELETE, /m/two, 'GET, POST, PUT', 'GET, HEAD, OPTIONS, POST, PUT'",
    "LOCK, /m/two, 'GET, POST, PUT', 'GET, HEAD, OPTIONS, POST, PUT'",
    "POST, /m/s/.requests/1, 'DELETE, GET, PUT', 'DELETE, GET, HEAD, OPTIONS, PUT'",
    "POST, /m/a/.requests/1, 'DELETE, GET', 'DELETE, GET, HEAD, OPTIONS'"
  })
  void allowNamesTheMethodsOfAllEndpointsOfAPath(
      String method, String path, String served, String allowed) throws Exception {
    open(spec("exact", "/m/one", "PATCH"));
    open(spec("first", "/m/:x", "POST", "GET").retention(ASYNC));
    open(spec("second", "/m/:y", "PUT"));
    open(spec("deep", "/m/s/:b/:c", "PUT"));
    RawHttp.Response response = ask(method, path);

    assertThat(response.status()).isEqualTo(405);
    assertThat(response.headers()).containsEntry("allow", allowed);
    assertThat(response.body()).contains("this path is served for " + served + ", got " + method);

    RawHttp.Response options = ask("OPTIONS", path);
    assertThat(options.status()).isEqualTo(204);
    assertThat(options.headers()).containsEntry("allow", allowed).doesNotContainKey("content-type");
    assertThat(options.body()).isEmpty();
  }

  private HttpResponse<String> send(HttpClient.Version version, String method, String path)
      throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build();
    return HttpClient.newBuilder()
        .version(version)
        .build()
        .send(request, HttpResponse.BodyHandlers.ofString());
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void headGetsWhatGetWouldWithoutItsBody(HttpClient.Version version) throws Exception {
    ServiceSpec spec = spec("s", "/s/:x", "GET").build();
    port =
        node.listeners.open(
            node.serve(
                spec,
                r ->
                    r.answer(ServiceReply.ok("text/plain", r.request().method().getBytes(UTF_8)))));
    open(spec("exact", "/exact", "GET", "POST"));
    for (String path : new String[] {"/s/1", "/exact", "/exact/"}) {
      HttpResponse<String> get = send(version, "GET", path);
      HttpResponse<String> head = send(version, "HEAD", path);

      assertThat(head.statusCode()).isEqualTo(200);
      assertThat(head.body()).isEmpty();
      assertThat(head.headers().firstValue("content-type")).contains("text/plain");
      assertThat(head.headers().firstValue("content-length")).contains("" + get.body().length());
      assertThat(get.body()).isEqualTo(path.equals("/s/1") ? "GET" : "exact");
    }
    assertThat(node.exchanges.size()).isZero();
  }

  @Test
  void headGetsA405WhereGetIsNotServed() throws Exception {
    open(spec("s", "/s", "POST"));
    HttpResponse<String> response = send(HttpClient.Version.HTTP_2, "HEAD", "/s");

    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("allow")).contains("OPTIONS, POST");
    assertThat(send(HttpClient.Version.HTTP_2, "OPTIONS", "/s").headers().firstValue("allow"))
        .contains("OPTIONS, POST");
    assertProblem("OPTIONS", "/t", 404, "unknown-path");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/m", "/m/", "/n/1"})
  void aServiceThatNamesHeadOrOptionsGetsThem(String path) throws Exception {
    String served = path.startsWith("/m") ? "/m" : "/n/:x";
    open(spec("reads", served, "GET"));
    open(spec("names", served.replace(":x", ":y"), "HEAD", "OPTIONS"));
    HttpResponse<String> head = send(HttpClient.Version.HTTP_1_1, "HEAD", path);

    assertThat(head.headers().firstValue("content-length")).contains("" + "names".length());
    assertThat(server("OPTIONS", path)).isEqualTo("names");
    assertThat(server("GET", path)).isEqualTo("reads");
  }

  @Test
  void aPipelineThatServesHeadSeesItsName() throws Exception {
    ServiceSpec spec = spec("s", "/s", "GET", "HEAD").build();
    port =
        node.listeners.open(
            node.serve(
                spec,
                r ->
                    r.answer(ServiceReply.ok("text/plain", r.request().method().getBytes(UTF_8)))));
    assertThat(
            send(HttpClient.Version.HTTP_1_1, "HEAD", "/s").headers().firstValue("content-length"))
        .contains("" + "HEAD".length());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "/m", "/m/a/b", "/s/.requests", "/s/.requests/1/2", "/t/.requests/1"})
  void aPathOfNoEndpointIs404(String path) throws Exception {
    open(spec("m", "/m/:x", "POST"));
    open(async("s", "/s"));
    open(spec("t", "/t", "POST"));

    assertProblem("POST", path, 404, "unknown-path");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/vnd.sparkwire.packed-row; nulls=false; columns=x:BYTES",
        "APPLICATION/VND.Sparkwire.csv+json"
      })
  void aContentTypeThatOnlyRowsHaveIs415(String type) throws Exception {
    open(spec("s", "/s", "POST"));
    RawHttp.Response response = ask("POST", "/s", "Content-Type: " + type);

    assertThat(response.status()).isEqualTo(415);
    assertThat(response.body())
        .contains("are for rows within Sparkwire, got Content-Type '" + type + "'");
  }

  @Test
  void oneServiceForEachMethodOfAPath() throws Exception {
    open(spec("reads", "/m/:x", "GET"));
    open(spec("writes", "/m/:id", "PUT", "POST"));

    assertThat(server("GET", "/m/1")).isEqualTo("reads");
    assertThat(server("PUT", "/m/1")).isEqualTo("writes");
  }

  @Test
  void whatTakesEveryPathLeavesAsynchronousRequestsAlone() throws Exception {
    open(spec("any", "/:a/:b/:c", "GET", "PUT"));
    open(async("s", "/s"));

    assertProblem("GET", "/s/.requests/1", 404, "unknown-request");
    assertThat(server("PUT", "/s/.requests/1")).isEqualTo("any");
    assertThat(server("GET", "/s/requests/1")).isEqualTo("any");
    assertThat(ask("POST", "/s/.requests/1").headers())
        .containsEntry("allow", "DELETE, GET, HEAD, OPTIONS, PUT");
  }

  @Test
  void theServiceThatTookAnAsynchronousRequestAnswersForIt() throws Exception {
    open(async("any", "/models/:name"));
    open(async("one", "/models/a"));
    for (String path : new String[] {"/models/a", "/models/b"}) {
      String location = ask("POST", path, "Prefer: respond-async").headers().get("location");
      assertThat(location).startsWith(path + "/.requests/");
      assertThat(ask("DELETE", location).status()).isEqualTo(204);
    }
  }

  @Test
  void aServiceLeavesWithAllItsEndpoints() throws Exception {
    open(spec("stays", "/stays", "POST"));
    Service leaving = open(async("s", "/s"));
    assertProblem("GET", "/s/.requests/1", 404, "unknown-request");
    node.listeners.close(leaving);

    assertProblem("POST", "/s", 404, "unknown-path");
    assertProblem("GET", "/s/.requests/1", 404, "unknown-path");
    assertThat(server("POST", "/stays")).isEqualTo("stays");
  }

  @Test
  void aServiceCannotHaveThePathOfAnothersAsynchronousRequests() throws Exception {
    open(async("s", "/s"));
    TestSpec second = spec("t", "/s/.requests/:id", "PUT", "GET");
    assertThatThrownBy(() -> open(second))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("path '/s/.requests/:id' is already served by 's' on port " + port);

    assertProblem("PUT", "/s/.requests/1", 405, "method-not-allowed");
    open(spec("t", "/s/.requests/:id", "PUT"));
    assertThat(server("PUT", "/s/.requests/1")).isEqualTo("t");
  }

  @Test
  void aServiceWhoseAsynchronousRequestsWouldHaveAnothersPathIsRefusedWhole() throws Exception {
    open(spec("t", "/:a/.requests/:b", "DELETE"));
    assertThatThrownBy(() -> open(async("s", "/:name")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "path '/:name/.requests/:sparkwireRequest' is already served by 't' on port %d,"
                + " and service 's' needs it too",
            port);

    assertProblem("POST", "/s", 404, "unknown-path");
    assertThat(server("DELETE", "/s/.requests/1")).isEqualTo("t");
    open(spec("s", "/:name", "POST"));
    assertThat(server("POST", "/s")).isEqualTo("s");
  }
}
