package io.sparkwire.python;

import io.sparkwire.thread.DaemonThreads;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running server: the Python process that forks workers, and ends them when this JVM ends.
 *
 * <p>Reads its events and its log on threads of its own. Thread-safe.
 */
final class ServerProcess {

  private static final Logger LOG = LoggerFactory.getLogger(ServerProcess.class);
  private static final int LONGEST_END_SECONDS = 10;
  private static final long LOG_END_MILLIS = 1000;

  private final PythonEnvironment environment;
  private final ServerDirectory directory;
  private final Process process;
  private final CompletableFuture<Void> listening = new CompletableFuture<>();
  private final Map<Long, Consumer<String>> workers = new ConcurrentHashMap<>();
  private final Thread log;
  private volatile String lastLine = "";

  private ServerProcess(PythonEnvironment environment, ServerDirectory directory, Process process) {
    this.environment = environment;
    this.directory = directory;
    this.process = process;
    this.log = DaemonThreads.named("sparkwire-python-log").newThread(this::readLog);
    log.start();
    DaemonThreads.start("sparkwire-python-events", this::readEvents);
  }

  /**
   * Starts one, and waits until it can fork workers.
   *
   * @throws PythonStartException if it does not
   */
  static ServerProcess start(PythonEnvironment environment, Duration timeout) {
    ServerDirectory directory =
        ServerDirectory.create(Path.of(System.getProperty("java.io.tmpdir")));
    ServerProcess server;
    try {
      Process process = ServerCommand.of(environment, directory).start();
      server = new ServerProcess(environment, directory, process);
    } catch (IOException e) {
      directory.delete();
      throw StartSentences.noExecutable(environment, e);
    }
    server.awaitListening(timeout);
    return server;
  }

  private void awaitListening(Duration timeout) {
    try {
      listening.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS).join();
    } catch (CompletionException e) {
      close();
      throw e.getCause() instanceof PythonStartException sentence
          ? sentence
          : StartSentences.tooSlow(environment, timeout);
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /**
   * Has it fork a worker, which is not loaded.
   *
   * @param onEnd is told how it has ended, unless this JVM has demanded that
   * @throws PythonStartException if it does not
   */
  PythonWorker fork(Duration timeout, BiConsumer<PythonWorker, String> onEnd) {
    try {
      PythonWorker worker = PythonWorker.connect(directory.socket(), timeout);
      workers.put(worker.pid(), how -> onEnd.accept(worker, how));
      return worker;
    } catch (IOException | WorkerException e) {
      throw StartSentences.notForked(environment, e);
    }
  }

  /** Has a worker killed now. Does nothing if it has ended. */
  void kill(long pid) {
    command("kill", pid);
  }

  /** Has a worker killed that does not end within a second. Does nothing if it has ended. */
  void end(long pid) {
    command("end", pid);
  }

  private void command(String name, long pid) {
    workers.remove(pid);
    try {
      OutputStream commands = process.getOutputStream();
      commands.write((name + " " + pid + "\n").getBytes(StandardCharsets.US_ASCII));
      commands.flush();
    } catch (IOException e) {
      LOG.debug("the server of Python workers has ended with them", e);
    }
  }

  /** Ends it with all workers; those that compute have a second. Does not block. */
  @SuppressWarnings("FutureReturnValueIgnored") // nothing depends on the end of a process
  void close() {
    workers.clear();
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      LOG.debug("the server of Python workers has ended already", e);
    }
    process
        .onExit()
        .completeOnTimeout(process, LONGEST_END_SECONDS, TimeUnit.SECONDS)
        .thenRun(process.toHandle()::destroyForcibly); // which closes no stream, unlike Process's
  }

  private void readLog() {
    each(
        process.errorReader(),
        line -> {
          lastLine = line;
          LOG.info("Python: {}", line);
        });
  }

  private void readEvents() {
    try {
      each(process.inputReader(), line -> follow(new JsonObject(line)));
    } finally {
      ended(awaitEnd());
    }
  }

  private void ended(int status) {
    listening.completeExceptionally(StartSentences.ended(environment, status, lastLine));
    workers.values().forEach(onEnd -> onEnd.accept("with its server, exit code " + status));
    directory.delete();
  }

  private void follow(JsonObject event) {
    switch (event.getString("event")) {
      case "listening" -> listening.complete(null);
      case "failed" -> listening.completeExceptionally(StartSentences.failed(environment, event));
      case "ended" -> workerEnded(event.getLong("pid"), event.getInteger("status"));
      default -> throw new IllegalStateException("unknown event " + event);
    }
  }

  private void workerEnded(long pid, int status) {
    Consumer<String> onEnd = workers.remove(pid);
    if (onEnd != null) {
      onEnd.accept(status < 0 ? "by signal " + -status : "with exit code " + status);
    }
  }

  private int awaitEnd() {
    try {
      log.join(LOG_END_MILLIS); // so that its last line is known
      return process.waitFor();
    } catch (InterruptedException e) {
      throw new IllegalStateException("this thread is not interrupted", e);
    }
  }

  private static void each(BufferedReader lines, Consumer<String> action) {
    try (lines) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        action.accept(line);
      }
    } catch (IOException e) {
      LOG.debug("the server of Python workers has ended", e);
    }
  }
}
