package io.sparkwire.load;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * What operators run beside a node: they scrape its metrics every five seconds, have its console
 * open, move its access log away each minute, and remove what its payload log has completed.
 * Thread-safe.
 */
final class OperatorClients implements AutoCloseable {

  /** The names of both logs in their directory. */
  static final String ACCESS_LOG = "access.log";

  static final String PAYLOAD_LOG = "payload";

  private static final int SCRAPE_SECONDS = 5;
  private static final int ROTATE_SECONDS = 60;

  private final HttpClient http = HttpClient.newHttpClient();
  private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(3);
  private final AtomicLong scrapes = new AtomicLong();
  private final AtomicLong frames = new AtomicLong();
  private final AtomicLong faults = new AtomicLong();
  private final URI admin;
  private final Path directory;

  private OperatorClients(int port, Path directory) {
    this.admin = URI.create("http://127.0.0.1:" + port);
    this.directory = directory;
  }

  /**
   * Begins.
   *
   * @param port of the admin server
   * @param directory of both logs
   */
  static OperatorClients start(int port, Path directory) {
    OperatorClients clients = new OperatorClients(port, directory);
    clients.repeat(clients::scrape, SCRAPE_SECONDS);
    clients.repeat(clients::rotate, ROTATE_SECONDS);
    clients.repeat(clients::watch, 1);
    return clients;
  }

  /** An action that can fail, which is counted. */
  @FunctionalInterface
  private interface Action {
    void run() throws IOException, InterruptedException;
  }

  private void repeat(Action action, int seconds) {
    ScheduledFuture<?> unused =
        threads.scheduleWithFixedDelay(() -> count(action), seconds, seconds, TimeUnit.SECONDS);
  }

  private void count(Action action) {
    try {
      action.run();
    } catch (IOException e) {
      if (!threads.isShutdown()) {
        faults.incrementAndGet();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void scrape() throws IOException, InterruptedException {
    HttpRequest page = HttpRequest.newBuilder(admin.resolve("/metrics")).build();
    if (http.send(page, BodyHandlers.ofString()).statusCode() == 200) {
      scrapes.incrementAndGet();
    }
  }

  /** Follows the console until its stream ends, which it does from time to time. */
  private void watch() throws IOException, InterruptedException {
    HttpRequest events = HttpRequest.newBuilder(admin.resolve("/console/events")).build();
    byte[] chunk = new byte[1 << 16];
    try (InputStream stream = http.send(events, BodyHandlers.ofInputStream()).body()) {
      while (stream.read(chunk) >= 0) {
        frames.incrementAndGet();
      }
    }
  }

  private void rotate() throws IOException {
    Path log = directory.resolve(ACCESS_LOG);
    if (Files.exists(log)) {
      Files.move(log, directory.resolve("moved.log"), StandardCopyOption.REPLACE_EXISTING);
    }
    Path payload = directory.resolve(PAYLOAD_LOG);
    try (Stream<Path> files = Files.walk(payload)) {
      for (Path part : files.filter(OperatorClients::isComplete).toList()) {
        Files.delete(part);
      }
    }
  }

  private static boolean isComplete(Path file) {
    return Files.isRegularFile(file) && file.getFileName().toString().startsWith("part-");
  }

  /** What they have done. */
  String summary() {
    return scrapes + " scrapes, " + frames + " reads of the console, " + faults + " faults";
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
