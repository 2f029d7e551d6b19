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
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/**
 * A driver's node and two of its executors' nodes, which form a cluster in one JVM. Each test has a
 * service of its own.
 */
@TestInstance(Lifecycle.PER_CLASS)
class ClusterControlTest {

  private static final RetryPolicy RETRY = new RetryPolicy(2, Replay.UNFINISHED, ErrorDetail.TYPE);

  private final TestCluster cluster = new TestCluster();
  private ServingNode driver;
  private ServingNode one;
  private ServingNode two;
  private ServiceSpec spec;

  @BeforeAll
  void start() {
    driver = node("d", Role.DRIVER, NodeDuties.driver(IngressMode.WORKERS));
    one = executor("e1");
    two = executor("e2");
  }

  private ServingNode executor(String id) {
    return node(id, Role.WORKER, NodeDuties.executor(driver.id(), IngressMode.WORKERS));
  }

  private ServingNode node(String id, Role role, NodeDuties part) {
    return new ServingNode(cluster.start(id, role), HistoryMode.ASYNC, part);
  }

  @BeforeEach
  void nameService(TestInfo test) {
    spec = TestSpec.of(test.getTestMethod().orElseThrow().getName()).build();
  }

  private String path() {
    return "/" + spec.name();
  }

  /** An executor serves nothing more of an owner that has ended. */
  private String owner() {
    return "owner of " + spec.name();
  }

  private ServiceControl control() {
    return driver.control(spec.name());
  }

  private ServedService served(ServingNode executor) {
    return executor.services().find(spec.name());
  }

  @AfterEach
  void release() {
    control().release(owner());
    assertThat(one.services().all()).isEmpty();
    assertThat(two.services().all()).isEmpty();
    assertThat(driver.openReaders()).isZero();
  }

  @AfterAll
  void stop() {
    List.of(two, one, driver).forEach(ServingNode::leave);
  }

  private EpochReader reader(ServingNode executor, int partition) {
    ServedService served = executor.services().serve(spec, owner());
    return executor
        .services()
        .epochs()
        .reader(served, 1, new EpochShare(spec.name(), "q", 1, partition), RETRY);
  }

  private static long far() {
    return System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
  }

  @Test
  void executorsServeWhatTheirDriverSays() {
    ServiceControl control = control();
    control.serve(spec, owner(), 1);
    assertThat(served(one).port()).isPositive();
    assertThat(served(two).port()).isPositive();
    assertThat(control.load().addresses()).hasSize(2);
    assertThatThrownBy(() -> control.serve(spec, "other", 1))
        .hasMessageContaining("already served by another query of this driver");

    control.release(owner());
    assertThat(served(one)).isNull();
    assertThat(control.load()).isEqualTo(ServiceLoad.NONE);
  }

  private ServiceSchema schema(ServingNode executor) {
    return served(executor).service().spec().schema();
  }

  @Test
  void executorsShowTheSchemaOfTheVersionThatGetsTheRequests() {
    ServiceControl control = control();
    ServiceSchema first = new ServiceSchema("a INT", "STRING");
    control.serve(spec.withSchema(first), owner(), 1);
    assertThat(schema(one)).isEqualTo(first);

    ServiceSchema second = new ServiceSchema("b INT", "BINARY");
    control.switchTo(2, second);
    assertThat(schema(one)).isEqualTo(second);
    assertThat(schema(two)).isEqualTo(second);

    ServingNode late = executor("e3");
    try {
      await().atMost(ofSeconds(20)).until(() -> served(late) != null);
      await().atMost(ofSeconds(20)).until(() -> schema(late).equals(second));
    } finally {
      late.leave();
    }
  }

  @Test
  void anExecutorWhoseReaderWasFirstIsToldTheSchemaByItsDriver() {
    ServiceSchema known = new ServiceSchema("a INT", "STRING");
    try (EpochReader reader = reader(one, 0)) {
      assertThat(schema(one)).isEqualTo(ServiceSchema.UNKNOWN);
      control().serve(spec.withSchema(known), owner(), 1);

      assertThat(reader).isNotNull();
      assertThat(schema(one)).isEqualTo(known);
    }
  }

  @Test
  void theDriverSeesTheReadersOfAll() {
    ServiceControl control = control();
    assertThat(control.version(1).known()).isFalse();
    try (EpochReader first = reader(one, 0);
        EpochReader second = reader(two, 1)) {
      one.services().version(spec.name(), 1).readerOpened(0);
      two.services().version(spec.name(), 1).readerOpened(0);
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
    try {
      stranger.control(spec.name()).serve(spec, "stranger", 1);

      assertThat(one.services().all()).isEmpty();
    } finally {
      stranger.leave();
    }
  }

  @Test
  void aRequestThatWaitsAnywhereEndsTheDriversWait() throws Exception {
    ServiceControl control = control();
    control.serve(spec, owner(), 1);
    assertThat(control.awaitRequest(1, TimeUnit.MILLISECONDS.toNanos(50))).isFalse();
    try (RawHttp http = new RawHttp(served(two).port())) {
      http.post(path(), "question");
      await()
          .atMost(ofSeconds(10))
          .until(() -> control.awaitRequest(1, TimeUnit.SECONDS.toNanos(1)));
    }
  }

  @Test
  void requestsOfAnExecutorWithoutReadersGoToOthers() throws Exception {
    control().serve(spec, owner(), 1);
    try (RawHttp http = new RawHttp(served(one).port());
        EpochReader reader = reader(two, 0)) {
      http.post(path(), "question");
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
        http.post(path(), "question");
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

  private RawHttp httpTo(ServingNode executor) throws Exception {
    return new RawHttp(executor.services().serve(spec, owner()).port());
  }
}
