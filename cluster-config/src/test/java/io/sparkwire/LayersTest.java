package io.sparkwire;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpHeaders;
import org.junit.jupiter.api.Test;

class LayersTest {

  private final JavaClasses classes = OurClasses.all();

  @Test
  void whatEveryNodeSharesKnowsNoSpark() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.spark..", "scala..")
        .check(classes);
  }

  @Test
  void whatEveryNodeSharesKnowsNoRoutesAndNoServer() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.vertx.ext.web..")
        .check(classes);
    noClasses()
        .that()
        .haveNameNotMatching("io.sparkwire.auth.FetchedKeys") // a client alone
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.vertx.core.http..")
                .and(not(type(HttpHeaders.class)))
                .and(not(type(ClientAuth.class)))) // which the event bus asks for
        .check(classes);
  }

  @Test
  void onlyStoresAndTheClusterKnowHazelcast() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "io.sparkwire.history",
            "io.sparkwire.replystore",
            "io.sparkwire.cluster",
            "io.sparkwire.cluster.tls")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.hazelcast..")
        .check(classes);
  }

  @Test
  void theClusterIsAboveTheStores() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "io.sparkwire.options",
            "io.sparkwire.thread",
            "io.sparkwire.log",
            "io.sparkwire.secret",
            "io.sparkwire.message",
            "io.sparkwire.history",
            "io.sparkwire.replystore")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.sparkwire.cluster")
        .check(classes);
    noClasses()
        .that()
        .resideInAPackage("io.sparkwire.history")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.sparkwire.replystore")
        .check(classes);
  }

  @Test
  void noPackagesImportEachOtherInACycle() {
    slices().matching("io.sparkwire.(**)").should().beFreeOfCycles().check(classes);
  }
}
