package io.sparkwire.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sparkwire.message.FailureCode;
import io.sparkwire.message.Header;
import io.sparkwire.message.ServiceFailure;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.TestSpec;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpClient.Version;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The header field X-Request-Id, over real sockets. */
class RequestNamesTest {

  private static final String FIELD = "X-Request-Id";
  private static final byte[] HELLO = "hello".getBytes(UTF_8);

  private final ServedNode node = new ServedNode(1);
  private int port;

  @AfterEach
  void stop() {
    node.close();
  }

  /** The service replies with the id of the request. */
  private void serve(TestSpec spec) {
    port =
        node.listeners.open(
            node.serve(
                spec.build(),
                r ->
                    r.answer(
                        ServiceReply.ok(
                            "text/plain", r.request().id().toString().getBytes(UTF_8)))));
  }

  private ClientCalls client(Version version) {
    return new ClientCalls(port, version);
  }

  private static String name(HttpResponse<byte[]> response) {
    assertThat(response.headers().allValues(FIELD)).hasSizeLessThan(2);
    return response.headers().firstValue(FIELD).orElse(null);
  }

  private static String document(HttpResponse<byte[]> response) {
    return new JsonObject(new String(response.body(), UTF_8)).getString("requestId");
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void theNameThatAClientSendsComesBack(Version version) throws Exception {
    serve(TestSpec.of("s"));

    assertThat(name(client(version).post("/s", HELLO, FIELD, "a-1/{}\"~!")))
        .isEqualTo("a-1/{}\"~!");
    assertThat(name(client(version).post("/s", HELLO, FIELD, "x".repeat(128))))
        .isEqualTo("x".repeat(128));
    assertThat(name(client(version).post("/s", HELLO))).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"two words", "caf\u00E9", "tab\tbed", "LONG"})
  void aNameThatCannotBeOneIsReplacedByTheIdOfTheRequest(String wrong) throws Exception {
    serve(TestSpec.of("s"));
    String sent = wrong.equals("LONG") ? "x".repeat(129) : wrong;
    RawHttp.Response response =
        node.connect(port)
            .send("POST /s HTTP/1.1\r\nHost: t\r\nX-Request-Id: " + sent + "\r\n\r\n")
            .receive();

    assertThat(response.headers()).containsEntry("x-request-id", response.body());
    assertThat(response.body()).startsWith("n1-");
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void aServiceMayNameAllRequests(Version version) throws Exception {
    serve(TestSpec.of("s").maxBodyBytes(10).responses("request-id", "always"));
    HttpResponse<byte[]> reply = client(version).post("/s", HELLO);
    HttpResponse<byte[]> refused = client(version).post("/s", new byte[11]);

    assertThat(name(reply)).isEqualTo(new String(reply.body(), UTF_8)).startsWith("n1-");
    assertThat(refused.statusCode()).isEqualTo(413);
    assertThat(name(refused)).isEqualTo(document(refused)).startsWith("n1-");
    assertThat(name(client(version).post("/s", HELLO, FIELD, "mine"))).isEqualTo("mine");
  }

  @Test
  void aFailureNamesTheRequestInItsDocument() throws Exception {
    port =
        node.listeners.open(
            node.serve(
                TestSpec.of("s").maxBodyBytes(10).build(),
                r -> r.answer(ServiceFailure.of(FailureCode.PIPELINE_FAILED, "no").toReply())));
    ClientCalls client = client(Version.HTTP_1_1);
    HttpResponse<byte[]> failed = client.post("/s", HELLO, FIELD, "mine");

    assertThat(failed.statusCode()).isEqualTo(500);
    assertThat(document(failed)).isEqualTo("mine");
    assertThat(document(client.post("/s", HELLO))).isNull();
    assertThat(document(client.post("/s", new byte[11], FIELD, "mine"))).isEqualTo("mine");
    assertThat(document(client.post("/t", HELLO, FIELD, "mine"))).isEqualTo("mine");
    assertThat(document(client.send("PUT", "/s", HELLO, FIELD, "mine"))).isEqualTo("mine");
  }

  @Test
  void aReplyThatHttpCannotCarryIsAFailureOfItsRequest() throws Exception {
    port =
        node.listeners.open(
            node.serve(
                TestSpec.of("s").build(),
                r ->
                    r.answer(
                        new ServiceReply(
                            200, "text/plain", List.of(new Header("a b", "c")), HELLO))));
    HttpResponse<byte[]> failed = client(Version.HTTP_1_1).post("/s", HELLO, FIELD, "mine");

    assertThat(failed.statusCode()).isEqualTo(500);
    assertThat(name(failed)).isEqualTo("mine");
    assertThat(document(failed)).isEqualTo("mine");
  }
}
