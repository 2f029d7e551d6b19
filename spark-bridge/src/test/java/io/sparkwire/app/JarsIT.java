package io.sparkwire.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** What is in the two jars, and what is not. */
class JarsIT {

  private static final String SOURCES =
      "META-INF/services/org.apache.spark.sql.sources.DataSourceRegister";

  private static JarFile fat() throws IOException {
    return new JarFile("target/sparkwire.jar");
  }

  private static JarFile forSpark() throws IOException {
    return new JarFile("target/sparkwire-spark.jar");
  }

  private static List<String> entries(JarFile jar) {
    return jar.stream().map(entry -> entry.getName()).toList();
  }

  private static List<String> lines(JarFile jar, String entry) throws IOException {
    byte[] content = jar.getInputStream(jar.getEntry(entry)).readAllBytes();
    return new String(content, UTF_8).lines().toList();
  }

  @Test
  void theFatJarOpensTheModulesThatTestsNeed() throws IOException {
    try (JarFile jar = fat()) {
      Attributes manifest = jar.getManifest().getMainAttributes();
      List<String> opened =
          ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
              .filter(argument -> argument.startsWith("--add-opens="))
              .map(argument -> argument.substring("--add-opens=".length()))
              .map(argument -> argument.replace("=ALL-UNNAMED", ""))
              .toList();
      assertThat(manifest.getValue("Add-Opens").split(" "))
          .containsExactlyInAnyOrderElementsOf(opened);
      assertThat(manifest.getValue("Main-Class")).isEqualTo(Main.class.getName());
      assertThat(manifest.getValue("Multi-Release")).isEqualTo("true");
    }
  }

  @Test
  void theFatJarHasTheServicesOfAll() throws IOException {
    try (JarFile jar = fat()) {
      assertThat(lines(jar, SOURCES))
          .contains("io.sparkwire.spark.SparkwireProvider")
          .anyMatch(source -> source.endsWith("CSVDataSourceV2"))
          .anyMatch(source -> source.endsWith("RateStreamProvider"));
      assertThat(
              String.join(
                  "\n",
                  lines(
                      jar,
                      "META-INF/org/apache/logging/log4j/core/config/plugins/Log4j2Plugins.dat")))
          .contains("PatternLayout", "JsonTemplateLayout", "Log4j1XmlConfigurationFactory");
      assertThat(entries(jar))
          .contains(
              "META-INF/native/libnetty_transport_native_epoll_x86_64.so",
              "META-INF/native/libnetty_transport_native_epoll_aarch_64.so")
          .noneMatch(entry -> entry.matches("META-INF/[^/]+\\.(SF|DSA|RSA)"));
    }
  }

  @Test
  void theJarForSparkHasOnlyWhatSparkLacks() throws IOException {
    try (JarFile jar = forSpark()) {
      assertThat(lines(jar, SOURCES)).containsExactly("io.sparkwire.spark.SparkwireProvider");
      assertThat(entries(jar))
          .filteredOn(entry -> entry.endsWith(".class"))
          .allMatch(
              entry ->
                  entry.matches(
                      "(META-INF/versions/\\d+/)?(io/sparkwire|org/jctools|picocli|com/hazelcast"
                          + "|io/vertx/spi/cluster/hazelcast)/.+"))
          .contains(
              "io/sparkwire/vertx/core/Vertx.class",
              "io/vertx/spi/cluster/hazelcast/HazelcastClusterManager.class");
    }
  }
}
