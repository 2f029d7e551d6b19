package io.sparkwire.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkwire.load.client.Workload;
import io.sparkwire.load.server.Contestant;
import io.sparkwire.load.server.EmptyJar;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DimensionsTest {
  private final AtomicInteger port = new AtomicInteger(9000);

  @TempDir private Path directory;
  private Dimensions dimensions;

  @BeforeEach
  void makeDimensions() throws IOException {
    dimensions =
        new Dimensions(EmptyJar.in(directory), directory.resolve("classes"), port::incrementAndGet);
  }

  @Test
  void eachIsFoundByItsNameAndVariesSomething() {
    assertThat(dimensions.names())
        .hasSize(10)
        .allSatisfy(name -> assertThat(dimensions.named(name).name()).isEqualTo(name))
        .allSatisfy(
            name ->
                assertThat(dimensions.named(name).points())
                    .hasSizeGreaterThan(1)
                    .extracting(GrowthPoint::label)
                    .doesNotHaveDuplicates());
  }

  @Test
  void serversOfOneDimensionDoNotShareNameOrPort() {
    assertThat(dimensions.names())
        .allSatisfy(
            name -> {
              List<Contestant> servers = servers(dimensions.named(name)).distinct().toList();
              assertThat(servers).extracting(Contestant::name).doesNotHaveDuplicates();
              assertThat(servers).extracting(Contestant::port).doesNotHaveDuplicates();
            });
  }

  @Test
  void oneServerGetsAllPayloads() {
    Dimension payload = dimensions.named("payload");

    assertThat(servers(payload).distinct()).hasSize(1);
    assertThat(payload.points())
        .extracting(point -> point.targets().get(0).requests())
        .containsExactly(
            Workload.PAYLOAD_100,
            Workload.PAYLOAD_1K,
            Workload.PAYLOAD_10K,
            Workload.PAYLOAD_100K,
            Workload.PAYLOAD_1M);
  }

  @Test
  void connectionsAreNeverMoreThanTheServiceTakes() {
    assertThat(dimensions.named("connections").points())
        .allSatisfy(
            point ->
                assertThat(point.connections()).isLessThanOrEqualTo(limit(point.server(), 8_192)));
    assertThat(dimensions.named("in-flight").points())
        .allSatisfy(
            point ->
                assertThat(point.connections()).isLessThanOrEqualTo(limit(point.server(), 2_048)));
  }

  private static int limit(Contestant server, int expected) {
    assertThat(server.launch().serving()).containsSequence("--max-in-flight", "" + expected);
    return expected;
  }

  @Test
  void allServicesOfAJvmAreAsked() {
    assertThat(dimensions.named("services").points())
        .extracting(point -> point.targets().stream().distinct().count())
        .containsExactly(1L, 10L, 100L);
  }

  @Test
  void nodesAreAddedToOneCluster() {
    Dimension nodes = dimensions.named("nodes");

    assertThat(nodes.alone()).isTrue();
    assertThat(nodes.points()).extracting(point -> point.servers().size()).endsWith(6);
    assertThat(nodes.points().get(3).servers())
        .startsWith(nodes.points().get(2).servers().toArray(Contestant[]::new))
        .extracting(server -> server.target().url().getPath())
        .containsOnly("/nodes");
  }

  @Test
  void aWorkerOfEachHistoryHasTheOthersForBackups() {
    assertThat(dimensions.named("history").points())
        .allSatisfy(point -> assertThat(point.servers()).hasSize(3))
        .allSatisfy(
            point ->
                assertThat(point.server().launch().serving())
                    .containsSequence("--history", point.label()));
  }

  @Test
  void anUnknownNameIsRefusedWithTheKnownOnes() {
    assertThatThrownBy(() -> dimensions.named("threads"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Unknown dimension threads; there are payload, connections");
  }

  private static Stream<Contestant> servers(Dimension dimension) {
    return dimension.points().stream().flatMap(point -> point.servers().stream());
  }
}
