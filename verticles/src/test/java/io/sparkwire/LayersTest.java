package io.sparkwire;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import org.junit.jupiter.api.Test;

class LayersTest {

  private final JavaClasses classes = OurClasses.all();

  @Test
  void theHttpSideKnowsNoSpark() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.spark..")
        .check(classes);
  }

  @Test
  void onlyTheHttpSideKnowsRoutes() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.sparkwire.http..", "io.sparkwire.admin..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.vertx.ext.web..")
        .check(classes);
    noClasses()
        .that()
        .resideInAnyPackage("io.sparkwire.exchange", "io.sparkwire.dispatch")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.sparkwire.http..", "io.sparkwire.admin..")
        .check(classes);
  }

  @Test
  void onlyGrpcKnowsProtobuf() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.sparkwire.grpc")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.google.protobuf..", "io.sparkwire.protobuf..")
        .check(classes);
  }

  @Test
  void noPackagesImportEachOtherInACycle() {
    slices().matching("io.sparkwire.(**)").should().beFreeOfCycles().check(classes);
  }
}
