package io.sparkwire.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in the two jars, and what is not. */
class JarsIT {

  private static final String SOURCES =
      "META-INF/services/org.apache.spark.sql.sources.DataSourceRegister";

  private static final File FAT = new File("target/sparkwire.jar");
  private static final Path TEST_CLASSES = Path.of("target/test-classes");
  private static final Pattern NATIVE =
      Pattern.compile(".+\\.(so|dll|dylib|jnilib|a)", Pattern.CASE_INSENSITIVE);

  private static JarFile fat() throws IOException {
    return new JarFile(FAT);
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
  void theFatJarIsNoLargerThanItMustBe() throws IOException {
    assertThat(FAT).size().isLessThanOrEqualTo(257_000_000);
  }

  @Test
  void theFatJarHasNativesOfLinuxAndTheCodecsOfMacOsOnX64AndArm64() throws IOException {
    try (JarFile jar = fat()) {
      List<String> natives =
          entries(jar).stream().filter(entry -> NATIVE.matcher(entry).matches()).toList();
      Set<String> x64 = withoutPart(natives, "linux64|amd64|x86_64");
      Set<String> arm64 = withoutPart(natives, "linux-aarch64|aarch_?64");
      assertThat(x64)
          .isEqualTo(arm64)
          .anyMatch(library -> library.contains("rocksdb"))
          .anyMatch(library -> library.contains("zstd"))
          .anyMatch(library -> library.contains("snappy"))
          .anyMatch(library -> library.contains("lz4"))
          .anyMatch(library -> library.contains("epoll"));
      assertThat(natives).hasSize(x64.size() + arm64.size());
      assertThat(natives)
          .filteredOn(entry -> !entry.endsWith(".so"))
          .hasSize(6)
          .allMatch(entry -> entry.matches(".*(snappy|lz4|zstd).*\\.dylib"));
      assertThat(natives).noneMatch(entry -> entry.matches("(?i).*(windows|musl|android|bsd).*"));
    }
  }

  /** Those of the names in which the part is, without it. */
  private static Set<String> withoutPart(List<String> names, String part) {
    Pattern pattern = Pattern.compile(part);
    return names.stream()
        .filter(name -> pattern.matcher(name).find())
        .map(name -> pattern.matcher(name).replaceAll(""))
        .collect(toSet());
  }

  @Test
  void theNativesOfTheFatJarWorkHere(@TempDir Path directory) throws Exception {
    String classes = FAT.getAbsolutePath() + File.pathSeparator + TEST_CLASSES.toAbsolutePath();
    List<String> arguments = List.of("-cp", classes, NativeLibraries.class.getName());
    try (JavaProcess process = JavaProcess.start(Machine.THIS, directory, arguments, Map.of())) {
      assertThat(process.finish()).as(process.said()).isZero();
      assertThat(process.said()).contains(NativeLibraries.LOADED);
    }
  }

  /** Hadoop asks all of them at once, so none may be missing. */
  @Test
  void theFatJarHasTheProvidersThatHadoopAndSparkAskFor(@TempDir Path directory) throws Exception {
    String classes = FAT.getAbsolutePath() + File.pathSeparator + TEST_CLASSES.toAbsolutePath();
    List<String> arguments =
        List.of("-cp", classes, ServiceProviders.class.getName(), FAT.getAbsolutePath());
    try (JavaProcess process = JavaProcess.start(Machine.THIS, directory, arguments, Map.of())) {
      assertThat(process.finish()).as(process.said()).isZero();
      assertThat(process.said()).contains(ServiceProviders.LOADED);
    }
  }

  @Test
  void allOfNettyHasOneVersion() throws IOException {
    try (JarFile jar = fat()) {
      Properties versions = new Properties();
      versions.load(jar.getInputStream(jar.getEntry("META-INF/io.netty.versions.properties")));
      List<String> modules =
          versions.stringPropertyNames().stream().filter(key -> key.endsWith(".version")).toList();
      assertThat(modules).contains("netty-codec-http2.version", "netty-handler.version");
      assertThat(modules)
          .extracting(versions::getProperty)
          .containsOnly(io.netty.util.Version.identify().get("netty-common").artifactVersion());
    }
  }

  @Test
  void theFatJarHasNothingOfServersAndProtocolsThatNothingUses() throws IOException {
    try (JarFile jar = fat()) {
      assertThat(entries(jar))
          .noneMatch(entry -> entry.matches("org/apache/(curator|zookeeper)/.*"))
          .noneMatch(
              entry -> entry.matches("org/apache/hadoop/shaded/org/(eclipse/jetty|jline)/.*"))
          .noneMatch(entry -> entry.matches("org/apache/hadoop/shaded/com/nimbusds/.*"))
          .noneMatch(entry -> entry.matches("org/apache/hadoop/yarn/(client|webapp)/.*"))
          .noneMatch(entry -> entry.matches("org/(fusesource|apache/avro/ipc)/.*"))
          .noneMatch(entry -> entry.matches("io/netty/.*(quic|http3|haproxy|redis|mqtt|sctp)/.*"))
          .noneMatch(entry -> entry.matches("com/ibm/.*/icudata/(curr|rbnf|translit|unit)/.*"))
          .noneMatch(entry -> entry.matches("webapps/.*|.*/jquery-1\\..*"));
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

  @Test
  void bothHaveWhatThePagesAskForAndNoMore() throws IOException {
    try (JarFile all = fat();
        JarFile few = forSpark()) {
      for (JarFile jar : List.of(all, few)) {
        assertThat(entries(jar))
            .filteredOn(entry -> entry.matches("META-INF/resources/webjars/.+[^/]"))
            .extracting(entry -> entry.replaceFirst(".*/(swagger-ui|uplot)/[0-9.]+/", ""))
            .containsExactlyInAnyOrder(
                "swagger-ui.css",
                "swagger-ui-bundle.js",
                "swagger-ui-bundle.js.LICENSE.txt",
                "favicon-32x32.png",
                "LICENSE",
                "dist/uPlot.esm.js",
                "dist/uPlot.min.css");
      }
    }
  }

  @Test
  void theJarForSparkHasANettyOfItsOwnWithItsLibraries() throws IOException {
    try (JarFile jar = forSpark()) {
      assertThat(entries(jar))
          .contains("io/sparkwire/io/netty/channel/MultiThreadIoEventLoopGroup.class")
          .filteredOn(entry -> entry.matches("META-INF/native/.+"))
          .containsExactlyInAnyOrder(
              "META-INF/native/libio_sparkwire_netty_transport_native_epoll_x86_64.so",
              "META-INF/native/libio_sparkwire_netty_transport_native_epoll_aarch_64.so");
    }
  }

  @Test
  void theNettyOfTheJarForSparkLoadsItsLibrary(@TempDir Path directory) throws Exception {
    String classes =
        Path.of("target/sparkwire-spark.jar").toAbsolutePath()
            + File.pathSeparator
            + TEST_CLASSES.toAbsolutePath();
    String epoll = "io.sparkwire.io.netty.channel.epoll.Epoll";
    List<String> arguments = List.of("-cp", classes, NettyLibrary.class.getName(), epoll);
    try (JavaProcess process = JavaProcess.start(Machine.THIS, directory, arguments, Map.of())) {
      assertThat(process.finish()).as(process.said()).isZero();
      assertThat(process.said()).contains(NettyLibrary.LOADED);
    }
  }
}
