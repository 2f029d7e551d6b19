package io.sparkwire.app;

import static org.awaitility.Awaitility.await;

import io.sparkwire.TestPorts;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A standalone cluster of Spark on this machine: one Master and some Workers, each a process of its
 * own, made of the jars of the tests' class path; and the applications submitted to it.
 */
final class SparkCluster implements AutoCloseable {

  private static final Path JAR = Path.of("target", "sparkwire-spark.jar").toAbsolutePath();
  private static final Duration TIMEOUT = Duration.ofMinutes(2);
  private static final String SERIAL_GC = "-XX:+UseSerialGC";
  private static final String NOT_OF_SPARK =
      ".*/(target|io/vertx|io/sparkwire|com/hazelcast|org/jctools|info/picocli|org/snakeyaml|org/junit.*)/.*";

  private final Path directory;
  private final String master;
  private final List<String> settings;
  private final List<JavaProcess> processes = new ArrayList<>();
  private final List<JavaProcess> applications = new ArrayList<>();

  /** Starts it; executors come with the applications. */
  SparkCluster(Path directory, int workers) throws IOException {
    this(directory, workers, List.of());
  }

  /**
   * Starts one whose processes, and those of its applications, have settings of Spark.
   *
   * @param settings as {@code key=value}
   */
  SparkCluster(Path directory, int workers, List<String> settings) throws IOException {
    this.directory = directory;
    this.settings = settings;
    linkJars(Files.createDirectories(directory.resolve("spark/jars")));
    int port = TestPorts.next(1);
    master = "spark://127.0.0.1:" + port;
    JavaProcess started =
        start(
            "org.apache.spark.deploy.master.Master",
            List.of("--host", "127.0.0.1", "--port", "" + port, "--webui-port", "0"));
    processes.add(started);
    started.awaitLine("I have been elected leader");
    for (int i = 0; i < workers; i++) {
      processes.add(startWorker(i));
    }
    processes.stream()
        .skip(1)
        .forEach(worker -> worker.awaitLine("Successfully registered with master"));
  }

  private static void linkJars(Path jars) throws IOException {
    String path = System.getProperty("java.class.path");
    for (String entry : List.of(path.split(File.pathSeparator, -1))) {
      Path jar = Path.of(entry);
      if (entry.endsWith(".jar") && !entry.matches(NOT_OF_SPARK)) {
        Files.createSymbolicLink(jars.resolve(jar.getFileName()), jar);
      }
    }
  }

  private JavaProcess startWorker(int number) throws IOException {
    return start(
        "org.apache.spark.deploy.worker.Worker",
        List.of(
            "--host",
            "127.0.0.1",
            "--cores",
            "2",
            "--memory",
            "2g",
            "--webui-port",
            "0",
            "--work-dir",
            directory.resolve("work-" + number).toString(),
            master));
  }

  private JavaProcess start(String main, List<String> arguments) throws IOException {
    List<String> command =
        new ArrayList<>(List.of("-Xmx640m", SERIAL_GC, "-Dspark.master.rest.enabled=false"));
    settings.forEach(setting -> command.add("-D" + setting));
    command.addAll(List.of("-cp", directory.resolve("spark/jars") + "/*", main));
    command.addAll(arguments);
    return JavaProcess.start(
        Machine.THIS,
        directory,
        command,
        Map.of(
            "JAVA_HOME", // of executors
            System.getProperty("java.home"),
            "SPARK_HOME",
            directory.resolve("spark").toString(),
            "SPARK_SCALA_VERSION",
            "2.13",
            "SPARK_LOCAL_IP",
            "127.0.0.1"));
  }

  /** Submits {@code serve} with these arguments. */
  JavaProcess serve(List<String> arguments) throws IOException {
    return submit(
        List.of(), List.of("--class", Main.class.getName(), JAR.toString(), "serve"), arguments);
  }

  /** Submits an application that uses Sparkwire. */
  JavaProcess submit(Class<?> main, Path jar, List<String> settings, List<String> arguments)
      throws IOException {
    return submit(
        settings,
        List.of("--class", main.getName(), "--jars", JAR.toString(), jar.toString()),
        arguments);
  }

  private JavaProcess submit(List<String> own, List<String> application, List<String> arguments)
      throws IOException {
    List<String> all = new ArrayList<>(List.of("--master", master));
    List<String> usual =
        List.of(
            "spark.driver.host=127.0.0.1",
            "spark.executor.extraJavaOptions=" + JavaProcess.SHORT_LIVED + " " + SERIAL_GC,
            "spark.executor.memory=512m",
            "spark.executor.cores=1",
            "spark.cores.max=2");
    Stream.of(usual, settings, own)
        .flatMap(List::stream)
        .forEach(setting -> all.addAll(List.of("--conf", setting)));
    all.addAll(application);
    all.addAll(arguments);
    JavaProcess driver = start("org.apache.spark.deploy.SparkSubmit", all);
    applications.add(driver);
    return driver;
  }

  /** Ends all applications, and waits for the end of their executors. */
  void endApplications() {
    applications.forEach(JavaProcess::close);
    applications.clear();
    await("the end of executors").atMost(TIMEOUT).until(() -> executors().isEmpty());
  }

  /** The processes of all executors that run at the moment. */
  List<ProcessHandle> executors() {
    return processes.stream()
        .flatMap(process -> process.handle().descendants())
        .filter(
            process ->
                process.info().commandLine().orElse("").contains("CoarseGrainedExecutorBackend"))
        .toList();
  }

  /** How many lines with that text executors have written, those included that are lost. */
  long timesExecutorsSaid(String text) throws IOException {
    long times = 0;
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path log : files.filter(file -> file.endsWith("stderr")).toList()) {
        times += Files.readAllLines(log).stream().filter(line -> line.contains(text)).count();
      }
    }
    return times;
  }

  @Override
  public void close() {
    applications.forEach(JavaProcess::close);
    for (int i = processes.size() - 1; i >= 0; i--) {
      processes.get(i).close();
    }
  }
}
