package io.sparkwire.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sparkwire.cluster.Role;
import io.sparkwire.cluster.TestCluster;
import io.sparkwire.history.EpochShare;
import io.sparkwire.history.HistoryMode;
import io.sparkwire.history.Replay;
import io.sparkwire.http.RawHttp;
import io.sparkwire.intake.EpochReader;
import io.sparkwire.intake.ErrorDetail;
import io.sparkwire.intake.FailureCause;
import io.sparkwire.intake.IngressMode;
import io.sparkwire.intake.NodeDuties;
import io.sparkwire.intake.RetryPolicy;
import io.sparkwire.intake.ServedService;
import io.sparkwire.message.PendingRequest;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.ServiceSchema;
import io.sparkwire.message.ServiceSpec;
import io.sparkwire.message.TestSpec;
import io.sparkwire.node.ServingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A driver's node and two of its executors' nodes, which form a cluster in one JVM. */
class ClusterControlTest {

  private static final RetryPolicy RETRY = new RetryPolicy(2, Replay.UNFINISHED, ErrorDetail.TYPE);
  private static final ServiceSpec SPEC = TestSpec.of("s").build();

  private final TestCluster cluster = new TestCluster();
  private final List<ServingNode> nodes = new ArrayList<>();
  private ServingNode driver;
  private ServingNode one;
  private ServingNode two;

  @BeforeEach
  void start() {
    driver = node("d", Role.DRIVER, NodeDuties.driver(IngressMode.WORKERS));
    NodeDuties executor = NodeDuties.executor(driver.id(), IngressMode.WORKERS);
    one = node("e1", Role.WORKER, executor);
    two = node("e2", Role.WORKER, executor);
  }

  private ServingNode node(String id, Role role, NodeDuties part) {
    ServingNode node = new ServingNode(cluster.start(id, role), HistoryMode.ASYNC, part);
    nodes.add(node);
    return node;
  }

  @AfterEach
  void stop() {
    nodes.forEach(ServingNode::leave);
  }

  private static EpochReader reader(ServingNode executor, int partition) {
    ServedService served = executor.services().serve(SPEC, "owner");
    return executor
        .services()
        .epochs()
        .reader(served, 1, new EpochShare("s", "q", 1, partition), RETRY);
  }

  private static long far() {
    return System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
  }

  @Test
  void executorsServeWhatTheirDriverSays() {
    ServiceControl control = driver.control("s");
    control.serve(SPEC, "owner", 1);
    assertThat(one.services().find("s").port()).isPositive();
    assertThat(two.services().find("s").port()).isPositive();
    assertThat(control.load().addresses()).hasSize(2);
    assertThatThrownBy(() -> control.serve(SPEC, "other", 1))
        .hasMessageContaining("already served by another query of this driver");

    control.release("owner");
    assertThat(one.services().find("s")).isNull();
    assertThat(control.load()).isEqualTo(ServiceLoad.NONE);
  }

  private static ServiceSchema schema(ServingNode executor) {
    return executor.services().find("s").service().spec().schema();
  }

  @Test
  void executorsShowTheSchemaOfTheVersionThatGetsTheRequests() {
    ServiceControl control = driver.control("s");
    ServiceSchema first = new ServiceSchema("a INT", "STRING");
    control.serve(SPEC.withSchema(first), "owner", 1);
    assertThat(schema(one)).isEqualTo(first);

    ServiceSchema second = new ServiceSchema("b INT", "BINARY");
    control.switchTo(2, second);
    assertThat(schema(one)).isEqualTo(second);
    assertThat(schema(two)).isEqualTo(second);

    NodeDuties executor = NodeDuties.executor(driver.id(), IngressMode.WORKERS);
    ServingNode late = node("e3", Role.WORKER, executor);
    await().atMost(ofSeconds(20)).until(() -> late.services().find("s") != null);
    await().atMost(ofSeconds(20)).until(() -> schema(late).equals(second));
  }

  @Test
  void anExecutorWhoseReaderWasFirstIsToldTheSchemaByItsDriver() {
    ServiceSchema known = new ServiceSchema("a INT", "STRING");
    try (EpochReader reader = reader(one, 0)) {
      assertThat(schema(one)).isEqualTo(ServiceSchema.UNKNOWN);
      driver.control("s").serve(SPEC.withSchema(known), "owner", 1);

      assertThat(reader).isNotNull();
      assertThat(schema(one)).isEqualTo(known);
    }
  }

  @Test
  void theDriverSeesTheReadersOfAll() {
    ServiceControl control = driver.control("s");
    assertThat(control.version(1).known()).isFalse();
    try (EpochReader first = reader(one, 0);
        EpochReader second = reader(two, 1)) {
      one.services().version("s", 1).readerOpened(0);
      two.services().version("s", 1).readerOpened(0);
      VersionStatus status = control.version(1);

      assertThat(first).isNotSameAs(second);
      assertThat(status.known()).isTrue();
      assertThat(status.openReaders()).isEqualTo(2);
      assertThat(status.timesOpened(0)).isEqualTo(2);
      assertThat(driver.openReaders()).isEqualTo(2);
    }
  }

  @Test
  void anExecutorDeclinesTheOrdersOfOthers() {
    ServingNode stranger = node("d2", Role.DRIVER, NodeDuties.driver(IngressMode.NONE));
    stranger.control("s").serve(SPEC, "stranger", 1);

    assertThat(one.services().all()).isEmpty();
  }

  @Test
  void aRequestThatWaitsAnywhereEndsTheDriversWait() throws Exception {
    ServiceControl control = driver.control("s");
    control.serve(SPEC, "owner", 1);
    assertThat(control.awaitRequest(1, TimeUnit.MILLISECONDS.toNanos(50))).isFalse();
    try (RawHttp http = new RawHttp(two.services().find("s").port())) {
      http.post("/s", "question");
      await()
          .atMost(ofSeconds(10))
          .until(() -> control.awaitRequest(1, TimeUnit.SECONDS.toNanos(1)));
    }
  }

  @Test
  void requestsOfAnExecutorWithoutReadersGoToOthers() throws Exception {
    driver.control("s").serve(SPEC, "owner", 1);
    try (RawHttp http = new RawHttp(one.services().find("s").port());
        EpochReader reader = reader(two, 0)) {
      http.post("/s", "question");
      PendingRequest request = reader.take(far());
      assertThat(request.request().body()).asString(UTF_8).isEqualTo("question");
      two.answer(request.request().id(), ServiceReply.ok("text/plain", "answer".getBytes(UTF_8)));
      assertThat(http.receive().body()).isEqualTo("answer");
    }
  }

  @Test
  void anotherExecutorReplaysWhatALivingOneHasGivenUp() throws Exception {
    try (RawHttp http = httpTo(one)) {
      PendingRequest pulled;
      try (EpochReader failing = reader(one, 0)) {
        http.post("/s", "question");
        pulled = failing.take(far());
        failing.failed(new FailureCause("E", null, "a lost task"));
      }
      try (EpochReader other = reader(two, 1)) {
        PendingRequest again = other.take(far());
        assertThat(again.request().id()).isEqualTo(pulled.request().id());
        two.answer(again.request().id(), ServiceReply.ok("text/plain", new byte[] {'a'}));
      }
      assertThat(http.receive().body()).isEqualTo("a");
    }
  }

  private static RawHttp httpTo(ServingNode executor) throws Exception {
    return new RawHttp(executor.services().serve(SPEC, "owner").port());
  }
}
