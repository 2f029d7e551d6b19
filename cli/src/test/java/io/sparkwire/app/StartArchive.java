package io.sparkwire.app;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The classes that the fat jar loads until a node of a cluster answers, as an archive with which
 * Java starts it in half the time.
 *
 * <p>The first test that needs it makes it, once for each jar and version of Java. It is empty for
 * a Java that cannot make one; there the jar starts as it does without.
 */
final class StartArchive {

  private static final Path FILE =
      RunningApp.JAR.resolveSibling("tests-" + Runtime.version().feature() + ".jsa");

  /** Made once, when the first test asks for them. */
  private static final List<String> OPTIONS = make();

  private StartArchive() {}

  /** The options of Java that use the archive. */
  static List<String> options() {
    return OPTIONS;
  }

  /** JVMs that run tests side by side wait for the one that makes it. */
  private static List<String> make() {
    try (FileChannel file =
            FileChannel.open(FILE.resolveSibling("tests-archive.lock"), CREATE, WRITE);
        FileLock lock = file.lock()) {
      if (lock.isValid() && !isOfThisJar()) {
        rehearse();
      }
      return Files.size(FILE) > 0
          ? List.of("-XX:SharedArchiveFile=" + FILE, "-Xlog:cds=off", "-Xlog:cds+dynamic=off")
          : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isOfThisJar() throws IOException {
    return Files.exists(FILE)
        && Files.getLastModifiedTime(FILE).compareTo(Files.getLastModifiedTime(RunningApp.JAR)) > 0;
  }

  /** Starts a node as most tests do, and lets Java write the archive when it ends. */
  private static void rehearse() throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory(RunningApp.JAR.getParent(), "rehearsal");
    Path archive = directory.resolve("archive");
    List<String> serve =
        List.of(
            "serve",
            "--sql",
            "SELECT value FROM requests",
            "--schema",
            "value BIGINT",
            "--port",
            "0");
    try (FatJarCluster cluster = new FatJarCluster(directory);
        RunningApp app =
            RunningApp.startWith(
                List.of("-XX:ArchiveClassesAtExit=" + archive),
                directory,
                Stream.concat(serve.stream(), cluster.membership(0).stream()).toList())) {
      app.ask("{\"value\":1}");
      app.terminate();
      app.exitCode();
    }
    if (!Files.exists(archive)) {
      Files.createFile(archive);
    }
    Files.move(archive, FILE, ATOMIC_MOVE);
  }
}
