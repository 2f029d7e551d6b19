package io.sparkwire;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import io.sparkwire.log.Event;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

/** The layers of all of Sparkwire, as this module sees all of it but the load tests. */
class LayersTest {

  private static final String ROOT = "io.sparkwire.";

  /** Imports point to packages further up in this list. */
  private static final List<String> LAYERS =
      List.of(
          "thread",
          "log",
          "options",
          "schema",
          "version",
          "reload",
          "tls",
          "secret",
          "telemetry",
          "message",
          "wire",
          "auth",
          "history",
          "replystore",
          "cluster.tls",
          "cluster",
          "connection",
          "framing",
          "exchange",
          "dispatch",
          "access",
          "endpoint",
          "openapi",
          "grpc",
          "retention",
          "protocol",
          "metrics",
          "requestlog",
          "tracing",
          "feed",
          "observers",
          "http",
          "admin",
          "console",
          "work",
          "intake",
          "control",
          "python",
          "node",
          "spark.version",
          "spark.catalyst",
          "spark.json",
          "spark.node",
          "spark.row",
          "spark.metrics",
          "spark.source",
          "spark.plan",
          "spark.batch",
          "spark.python",
          "spark",
          "serving",
          "httpclient.calls",
          "httpclient",
          "onnx.session",
          "onnx",
          "model",
          "settings",
          "logging",
          "app");

  private static final int MOST_TYPES = 45;

  private final JavaClasses classes = OurClasses.all();

  private static String[] packages(List<String> layers) {
    return layers.stream().map(layer -> ROOT + layer).toArray(String[]::new);
  }

  @Test
  void everyPackageHasItsPlaceAmongTheLayers() {
    Set<String> packages =
        classes.stream()
            .map(type -> type.getPackageName().substring(ROOT.length()))
            .collect(Collectors.toSet());
    assertThat(packages).hasSameElementsAs(LAYERS);
  }

  @Test
  void importsPointDownTheLayers() {
    for (int i = 0; i < LAYERS.size() - 1; i++) {
      noClasses()
          .that()
          .resideInAPackage(ROOT + LAYERS.get(i))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(packages(LAYERS.subList(i + 1, LAYERS.size())))
          .check(classes);
    }
  }

  @Test
  void noPackageHasTooManyTypes() {
    Map<String, Long> types =
        classes.stream()
            .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
            .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));
    assertThat(types.values()).allMatch(count -> count <= MOST_TYPES);
  }

  @Test
  void callsToServicesAndWorkElsewhereKnowNoSpark() {
    noClasses()
        .that()
        .resideInAnyPackage(ROOT + "httpclient.calls", ROOT + "work")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.spark..", "scala..", ROOT + "spark..")
        .check(classes);
  }

  @Test
  void pythonWorkersKnowNothingOfRequests() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + "python")
        .should()
        .dependOnClassesThat(
            resideInAPackage(ROOT.concat("."))
                .and(
                    not(
                        resideInAnyPackage(
                            packages(List.of("python", "log", "options", "thread"))))))
        .check(classes);
  }

  @Test
  void onlyTheUppermostLayersKnowSpark() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            packages(
                List.of("spark..", "serving", "httpclient", "onnx", "model", "logging", "app")))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.spark..", "scala..")
        .check(classes);
  }

  @Test
  void onlyOnePackageKnowsWhatSomeReleasesOfSparkLack() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + "spark.version")
        .and()
        .doNotHaveFullyQualifiedName(ROOT + "spark.LocalCheckpointFileManager")
        .and()
        .haveNameNotMatching(".*\\.source\\.RealTime(MicroBatchStream|PartitionReader)")
        .should()
        .dependOnClassesThat()
        .haveNameMatching(
            "org\\.apache\\.spark\\.sql\\.(execution\\.streaming\\.(runtime|checkpointing|operators)\\..*"
                + "|.*\\.(SupportsRealTime.*|RealTimeTrigger|CurrentTime|TimeType))")
        .orShould()
        .accessTargetWhere(
            target(owner(assignableTo(Trigger.class))).and(target(nameMatching("RealTime"))))
        .check(classes);
  }

  @Test
  void onlyTheHttpSideKnowsRoutes() {
    noClasses()
        .that()
        .resideOutsideOfPackages(packages(List.of("http", "admin")))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.vertx.ext.web..")
        .check(classes);
  }

  /** Each of the two jars may stand beside the add-on, and one of them has these elsewhere. */
  @Test
  void networksKnowNoLibraryThatAJarHasUnderAnotherName() {
    noClasses()
        .that()
        .resideInAnyPackage(ROOT + "onnx..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.vertx..",
            "io.netty..",
            "com.google.protobuf..",
            "org.bouncycastle..",
            "io.prometheus..",
            "org.HdrHistogram..",
            "com.github.benmanes..",
            "io.opentelemetry..",
            "org.snakeyaml..")
        .check(classes);
  }

  @Test
  void allWarningsAndErrorsInTheLogAreEvents() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + "log")
        .should()
        .accessTargetWhere(
            target(owner(assignableTo(Logger.class))).and(target(nameMatching("warn|error|at.*"))))
        .check(classes);
  }

  @Test
  void everyEventIsLoggedSomewhere() {
    Set<String> logged =
        classes.stream()
            .filter(type -> !type.getPackageName().equals(ROOT + "log"))
            .flatMap(type -> type.getFieldAccessesFromSelf().stream())
            .filter(access -> access.getTargetOwner().isEquivalentTo(Event.class))
            .map(access -> access.getTarget().getName())
            .collect(Collectors.toSet());
    assertThat(logged).hasSameElementsAs(Stream.of(Event.values()).map(Event::name).toList());
  }

  @Test
  void onlyTracesKnowOpenTelemetry() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + "tracing")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.opentelemetry..")
        .check(classes);
  }

  @Test
  void onlyStoresAndTheClusterKnowHazelcast() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            packages(List.of("history", "replystore", "cluster", "cluster.tls")))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.hazelcast..")
        .check(classes);
  }
}
