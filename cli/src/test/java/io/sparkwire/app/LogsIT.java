package io.sparkwire.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sparkwire.TestPorts;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The logs of the built jar: that of the program, of its requests, and of their bodies. */
class LogsIT {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final int REQUESTS = 500;

  /** Where the directory {@code disk} has room for 1 MiB, and no process but the node sees it. */
  private static final Machine SMALL_DISK =
      new Machine(
          "127.0.0.1",
          List.of(
              "unshare",
              "--mount",
              "sh",
              "-c",
              "mount -t tmpfs -o size=1m disk disk && exec \"$0\" \"$@\""));

  @TempDir private Path directory;

  private static int change(int port, String logger, String level) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/log/levels/" + logger))
            .PUT(HttpRequest.BodyPublishers.ofString("{\"level\":\"" + level + "\"}"))
            .build();
    return HttpClient.newHttpClient()
        .send(request, HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  private static List<JsonObject> objects(List<String> lines) {
    return lines.stream().filter(line -> line.startsWith("{")).map(JsonObject::new).toList();
  }

  private static JsonObject lineOf(List<String> lines, String field, Object value) {
    return objects(lines).stream()
        .filter(line -> value.equals(line.getValue(field)))
        .findFirst()
        .orElse(null);
  }

  private List<JsonObject> payloads() throws IOException {
    try (Stream<Path> files = Files.walk(directory.resolve("payloads"))) {
      Path file = files.filter(Files::isRegularFile).findFirst().orElseThrow();
      assertThat(file.getFileName().toString()).startsWith("part-");
      return objects(Files.readAllLines(file));
    }
  }

  @Test
  void aFailedRequestIsFoundInAllLogsByItsId() throws Exception {
    int admin = TestPorts.next(1);
    try (RunningApp app =
        RunningApp.start(
            directory,
            "serve",
            "--sql",
            "SELECT IF(value < 0, raise_error('negative'), value) AS value FROM requests",
            "--schema",
            "value BIGINT",
            "--max-attempts",
            "1",
            "--port",
            "0",
            "--admin-port",
            "" + admin,
            "--log-format",
            "json",
            "--access-log",
            "-",
            "--payload-log",
            "payloads")) {
      assertThat(app.ask("{\"value\":7}").getInteger("value")).isEqualTo(7);
      assertThat(app.statusAt("", "{\"value\":-7}")).isEqualTo(500);
      await().atMost(TIMEOUT).until(() -> lineOf(app.outLines(), "status", 500) != null);
      await()
          .atMost(TIMEOUT)
          .until(() -> lineOf(app.errLines(), "event", "request-quarantined") != null);

      JsonObject failed = lineOf(app.outLines(), "status", 500);
      JsonObject event = lineOf(app.errLines(), "event", "request-quarantined");
      assertThat(failed.getString("failure")).isEqualTo("pipeline-failed");
      assertThat(event.getString("requestId")).isEqualTo(failed.getString("id")).isNotNull();
      assertThat(event.getString("message"))
          .startsWith("quarantined request " + failed.getString("id"));
      assertThat(event.fieldNames())
          .containsExactly("time", "level", "logger", "thread", "event", "requestId", "message");

      assertThat(lineOf(app.errLines(), "level", "DEBUG")).isNull();
      assertThat(change(admin, "io.sparkwire", "DEBUG")).isEqualTo(200);
      assertThat(app.statusAt("", "{\"value\":-8}")).isEqualTo(500);
      await()
          .atMost(TIMEOUT)
          .until(() -> lineOf(app.errLines(), "event", "log-level-changed") != null);
      app.terminate();
      assertThat(app.exitCode()).isZero();
      assertThat(app.errLines()).allMatch(line -> line.startsWith("{") && line.endsWith("}"));

      assertThat(payloads())
          .extracting(record -> record.getInteger("status"))
          .containsExactly(200, 500, 500);
      assertThat(payloads().get(1).getString("id")).isEqualTo(failed.getString("id"));
    }
  }

  private static long dropped(int admin, String log) throws Exception {
    HttpRequest metrics =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + admin + "/metrics")).build();
    String name = "sparkwire_log_entries_dropped_total{log=\"" + log + "\"} ";
    return HttpClient.newHttpClient()
        .send(metrics, HttpResponse.BodyHandlers.ofString())
        .body()
        .lines()
        .filter(line -> line.startsWith(name))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(name.length())))
        .sum();
  }

  /** How many objects are in the files below a directory, each of which is whole. */
  private static long written(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      long count = 0;
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        count += Files.readAllLines(file).stream().map(JsonObject::new).count();
      }
      return count;
    }
  }

  /** Gives the disk of a node room again; gives the exit code. */
  private int enlarge(long node) throws Exception {
    String disk = directory.resolve("disk").toString();
    return new ProcessBuilder(
            "nsenter", "-t", "" + node, "-m", "mount", "-o", "remount,size=64m", disk)
        .inheritIO()
        .start()
        .waitFor();
  }

  @Tag("namespaces")
  @Test
  void aFullDiskCostsEntriesOfLogsAndNoRequest() throws Exception {
    Files.createDirectory(directory.resolve("disk"));
    int admin = TestPorts.next(1);
    try (RunningApp app =
        RunningApp.start(
            SMALL_DISK,
            directory,
            "serve",
            "--sql",
            "SELECT value FROM requests",
            "--schema",
            "value STRING",
            "--port",
            "0",
            "--admin-port",
            "" + admin,
            "--access-log",
            "disk/access.log",
            "--payload-log",
            "disk/payloads")) {
      String body = new JsonObject().put("value", "x".repeat(4_096)).encode();
      for (int i = 0; i < REQUESTS; i++) {
        assertThat(app.statusAt("", body)).isEqualTo(200);
      }

      for (String log : List.of("access", "payload")) {
        await().atMost(TIMEOUT).until(() -> dropped(admin, log) > 0);
        assertThat(app.errLines())
            .anyMatch(
                line ->
                    line.contains("event=" + log + "-log-dropped")
                        && line.contains("No space left on device"));
      }

      long node = app.handle().pid();
      assertThat(enlarge(node)).isZero();
      Path disk = Path.of("/proc", "" + node, "root", directory.toString(), "disk");
      await()
          .atMost(TIMEOUT)
          .ignoreExceptions() // a line of which the end is being written
          .untilAsserted(
              () -> {
                assertThat(written(disk.resolve("access.log")) + dropped(admin, "access"))
                    .isEqualTo(REQUESTS);
                assertThat(written(disk.resolve("payloads")) + dropped(admin, "payload"))
                    .isEqualTo(REQUESTS);
              });
      app.terminate();
      assertThat(app.exitCode()).isZero();
    }
  }
}
