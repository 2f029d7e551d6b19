package io.sparkwire.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkwire.cluster.Node;
import io.sparkwire.cluster.NodeOptions;
import io.sparkwire.http.RawHttp;
import io.sparkwire.message.NodeId;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogLevelRoutesTest {

  private final Node node = Node.embedded(new NodeId("n1"), new NodeOptions(1));
  private final TestLevels levels = new TestLevels();
  private final int port =
      AdminServer.start(
              node, new AdminOptions("127.0.0.1", 0), () -> true, LogLevelRoutes.of(levels))
          .port();

  @AfterEach
  void stop() {
    node.stop().await();
  }

  private RawHttp.Response ask(String method, String path, String body) throws IOException {
    try (RawHttp http = new RawHttp(port)) {
      String head = method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n";
      return http.send(head + "Content-Length: " + body.length() + "\r\n\r\n" + body).receive();
    }
  }

  private static JsonObject levels(RawHttp.Response response) {
    assertThat(response.status()).isEqualTo(200);
    return new JsonObject(response.body()).getJsonObject("levels");
  }

  @Test
  void aLevelIsShownChangedAndRestored() throws IOException {
    JsonObject before = JsonObject.of("root", "WARN");
    JsonObject changed = JsonObject.of("io.sparkwire", "DEBUG").put("root", "WARN");

    assertThat(levels(ask("GET", "/log/levels", ""))).isEqualTo(before);
    assertThat(levels(ask("PUT", "/log/levels/io.sparkwire", "{\"level\":\"debug\"}")))
        .isEqualTo(changed);
    assertThat(levels(ask("GET", "/log/levels", ""))).isEqualTo(changed);
    assertThat(levels(ask("DELETE", "/log/levels/io.sparkwire", ""))).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PUT | /log/levels/io.sparkwire | {\"level\":\"LOUD\"} | 400",
        "PUT | /log/levels/io.sparkwire | {\"level\":7} | 400",
        "PUT | /log/levels/io.sparkwire | DEBUG | 400",
        "PUT | /log/levels/a%20b | {\"level\":\"DEBUG\"} | 400",
        "PUT | /log/levels/ | {\"level\":\"DEBUG\"} | 400",
        "PUT | /log/levels/full | {\"level\":\"DEBUG\"} | 400",
        "DELETE | /log/levels/a%20b | x | 400",
        "POST | /log/levels/io.sparkwire | {\"level\":\"DEBUG\"} | 405",
      })
  void whatCannotBeReadIsRefused(String method, String path, String body, int status)
      throws IOException {
    assertThat(ask(method, path, body).status()).isEqualTo(status);
    assertThat(levels.levels()).hasSize(1);
  }

  @Test
  void aLongBodyIsNotRead() throws IOException {
    assertThat(ask("PUT", "/log/levels/root", " ".repeat(1_001)).status()).isEqualTo(413);
  }
}
