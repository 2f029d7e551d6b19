package io.sparkwire.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkwire.spark.TemporaryDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.util.ShutdownHookManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class PrivateFilesTest {

  private static final String LOCAL_DIR = "spark.local.dir";

  @TempDir Path directory;

  private static SparkConf conf(String... args) {
    SparkArguments arguments = new SparkArguments();
    new CommandLine(arguments).parseArgs(args);
    return arguments.startConf("service", Map.of());
  }

  private static void isItsOwnersAlone(Path path) throws IOException {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rwx------");
  }

  @Test
  void whatEndsWithTheJvmIsItsOwnersAlone() throws IOException {
    Path checkpoint = TemporaryDirectory.create("sparkwire-checkpoint");
    isItsOwnersAlone(checkpoint);
    assertThat(ShutdownHookManager.hasShutdownDeleteDir(checkpoint.toFile())).isTrue();
  }

  @Test
  void theBlocksOfSparkAreItsOwnersAlone() throws IOException {
    isItsOwnersAlone(Path.of(conf().get(LOCAL_DIR)));
  }

  @Test
  void aPlaceForBlocksThatWasChosenStays() {
    assertThat(conf("--spark", LOCAL_DIR + "=" + directory).get(LOCAL_DIR))
        .isEqualTo(directory.toString());
    assertThat(conf("--master", "spark://host:7077").contains(LOCAL_DIR)).isFalse();
  }
}
