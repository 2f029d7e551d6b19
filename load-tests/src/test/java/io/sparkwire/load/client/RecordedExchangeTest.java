package io.sparkwire.load.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordedExchangeTest {
  private static final ClosedLoopOptions OPTIONS =
      new ClosedLoopOptions(4, Duration.ZERO, Duration.ofMillis(200), Duration.ofSeconds(9));
  private static final String BYTES = "\0\u0001\u007f\u0080\u00ff\r\n";

  @TempDir private Path directory;

  @Test
  void eachRequestHasItsFieldsItsBytesAndAValueOfItsOwn() throws Exception {
    write("a.request", "Content-Type: x/a\r\nX-Length: 7\r\n\r\n{<value>}" + BYTES);
    write("a.reply", "{<value>}" + BYTES);
    Set<String> values = ConcurrentHashMap.newKeySet();
    Set<String> fields = ConcurrentHashMap.newKeySet();
    RunReport report =
        run(
            (request, body) -> {
              fields.add(request.getHeader("Content-Type") + " " + request.getHeader("X-Length"));
              assertThat(values.add(body.toString(StandardCharsets.ISO_8859_1))).isTrue();
              FakeServer.echo(request, body);
            });

    assertThat(report.firstFault()).isEmpty();
    assertThat(report.isCorrect()).isTrue();
    assertThat(fields).containsExactly("x/a 7");
    assertThat(values).allMatch(value -> value.endsWith("}" + BYTES));
  }

  @Test
  void aReplyToAnotherRequestIsWrong() throws Exception {
    write("a.request", "X: 1\r\n\r\na <value>");
    write("a.reply", "a <value>");
    write("b.request", "X: 1\r\n\r\nb <value>");
    write("b.reply", "c <value>");

    RunReport report = run(FakeServer::echo);

    assertThat(report.wrong()).isPositive();
    assertThat(report.firstFault()).contains("expected c 1", "but got b 1");
  }

  @Test
  void filesThatAreNoExchangesAreRefused() throws Exception {
    assertThatThrownBy(() -> run(FakeServer::echo))
        .hasMessage("There is no file *.request in " + directory);
    write("a.request", "X: 1\r\n");
    assertThatThrownBy(() -> run(FakeServer::echo))
        .hasMessage("There is no empty line after the fields in " + directory.resolve("a.request"));
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(directory.resolve(name), text, StandardCharsets.ISO_8859_1);
  }

  private RunReport run(BiConsumer<HttpServerRequest, Buffer> answer) throws IOException {
    try (FakeServer server = FakeServer.http(answer)) {
      return ClosedLoopClient.ofRecorded(directory, server.url("/"), OPTIONS).run();
    }
  }
}
