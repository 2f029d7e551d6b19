package io.sparkwire.app;

import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The built fat jar as a process of its own, as its users run it. */
final class RunningApp implements AutoCloseable {

  static final Path JAR = Path.of("target", "sparkwire.jar").toAbsolutePath();
  private static final Duration TIMEOUT = Duration.ofMinutes(2);
  private static final Pattern ADDRESS = Pattern.compile("Serving at (\\S+)");

  private static final int KIB = 1024;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Path out;
  private final Path err;
  private final Process process;
  private volatile String url;

  private RunningApp(
      Machine machine, Path directory, List<String> jvmOptions, List<String> arguments)
      throws IOException {
    out = Files.createTempFile(directory, "app", ".out");
    err = Files.createTempFile(directory, "app", ".err");
    List<String> command = new ArrayList<>(machine.shell());
    command.addAll(List.of(JavaProcess.JAVA, JavaProcess.SHORT_LIVED));
    command.addAll(jvmOptions);
    command.addAll(List.of("-jar", JAR.toString()));
    command.addAll(arguments);
    process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
  }

  /** Starts {@code java -jar sparkwire.jar} with these arguments in this directory. */
  static RunningApp start(Path directory, String... arguments) throws IOException {
    return start(Machine.THIS, directory, arguments);
  }

  /** The same on another machine. */
  static RunningApp start(Machine machine, Path directory, String... arguments) throws IOException {
    return start(machine, List.of(), directory, arguments);
  }

  /** The same with options of Java, as in {@code -Xmx512m}. */
  static RunningApp start(
      Machine machine, List<String> jvmOptions, Path directory, String... arguments)
      throws IOException {
    List<String> options =
        Stream.concat(StartArchive.options().stream(), jvmOptions.stream()).toList();
    return new RunningApp(machine, directory, options, List.of(arguments));
  }

  /** The same here, with no other options of Java than these. */
  static RunningApp startWith(List<String> jvmOptions, Path directory, List<String> arguments)
      throws IOException {
    return new RunningApp(Machine.THIS, directory, jvmOptions, arguments);
  }

  /** Waits until it serves, and gives its address. */
  String url() throws IOException {
    if (url == null) {
      await()
          .atMost(TIMEOUT)
          .until(() -> !process.isAlive() || ADDRESS.matcher(Files.readString(out)).find());
      Matcher address = ADDRESS.matcher(Files.readString(out));
      if (!address.find()) {
        throw new IllegalStateException("it ended with " + Files.readString(err));
      }
      url = address.group(1);
    }
    return url;
  }

  /** The reply to one body, as JSON. */
  JsonObject ask(String body) throws IOException, InterruptedException {
    HttpResponse<String> reply = http.send(post(body), HttpResponse.BodyHandlers.ofString());
    if (reply.statusCode() != 200) {
      throw new IllegalStateException(body + " got " + reply.statusCode() + " " + reply.body());
    }
    return new JsonObject(reply.body());
  }

  /** The status of the reply to one body, when it comes. */
  CompletableFuture<Integer> status(String body) throws IOException {
    return http.sendAsync(post(body), HttpResponse.BodyHandlers.discarding())
        .thenApply(HttpResponse::statusCode);
  }

  /** The status of the reply to one body at a path below its address. */
  int statusAt(String path, String body) throws IOException, InterruptedException {
    return http.send(post(path, body), HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  /** The reply to one body at a path below its address, when it comes. */
  CompletableFuture<HttpResponse<String>> send(String path, String body, String... fields)
      throws IOException {
    HttpRequest.Builder request = HttpRequest.newBuilder(post(path, body), (name, value) -> true);
    if (fields.length > 0) {
      request.headers(fields);
    }
    return http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** What is at a path below its address. */
  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create(url() + path)).timeout(TIMEOUT).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest post(String body) throws IOException {
    return post("", body);
  }

  private HttpRequest post(String path, String body) throws IOException {
    return HttpRequest.newBuilder(URI.create(url() + path))
        .timeout(TIMEOUT)
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  List<String> outLines() throws IOException {
    return Files.readAllLines(out);
  }

  List<String> errLines() throws IOException {
    return Files.readAllLines(err);
  }

  /** What its file descriptors refer to, as in {@code socket:[17]}. */
  List<String> openFiles() throws IOException {
    List<String> files = new ArrayList<>();
    try (DirectoryStream<Path> descriptors =
        Files.newDirectoryStream(Path.of("/proc", "" + process.pid(), "fd"))) {
      for (Path descriptor : descriptors) {
        openFile(descriptor).ifPresent(files::add);
      }
    }
    return files;
  }

  /** What a descriptor refers to, unless it was closed since the directory was read. */
  private static Optional<String> openFile(Path descriptor) throws IOException {
    try {
      return Optional.of(Files.readSymbolicLink(descriptor).toString());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** What lives on its heap, in bytes: two full collections, then what all spaces hold. */
  long liveHeap() throws IOException {
    tool("jcmd", "" + process.pid(), "GC.run");
    tool("jcmd", "" + process.pid(), "GC.run");
    String[] lines = tool("jstat", "-gc", "" + process.pid()).strip().split("\\R", -1);
    String[] names = lines[0].strip().split("\\s+", -1);
    String[] values = lines[1].strip().split("\\s+", -1);
    return IntStream.range(0, names.length)
        .filter(i -> List.of("S0U", "S1U", "EU", "OU").contains(names[i]))
        .mapToLong(i -> (long) (Double.parseDouble(values[i]) * KIB))
        .sum();
  }

  private static String tool(String name, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", name).toString());
    command.addAll(List.of(arguments));
    Process tool = new ProcessBuilder(command).redirectErrorStream(true).start();
    return new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Sends SIGTERM. */
  void terminate() {
    process.destroy();
  }

  /** Ends it as the loss of its machine would: it cannot do anything about it. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Freezes it, connections and all. */
  void freeze() throws IOException, InterruptedException {
    signal("STOP");
  }

  /** Resumes it. */
  void thaw() throws IOException, InterruptedException {
    signal("CONT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    int code = new ProcessBuilder("kill", "-" + name, "" + process.pid()).start().waitFor();
    if (code != 0) {
      throw new IllegalStateException("the signal " + name + " was not sent");
    }
  }

  /** Waits for its end, and gives its exit code. */
  int exitCode() throws InterruptedException {
    if (!process.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
      throw new IllegalStateException("it still runs after " + TIMEOUT);
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
