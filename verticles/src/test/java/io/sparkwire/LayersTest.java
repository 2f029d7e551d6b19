package io.sparkwire;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class LayersTest {

  private final JavaClasses classes =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.sparkwire");

  @Test
  void theHttpSideKnowsNoSpark() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.spark..")
        .check(classes);
  }

  @Test
  void dispatchKnowsNoRoutes() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.sparkwire.http..", "io.sparkwire.admin..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.vertx.ext.web..")
        .check(classes);
    noClasses()
        .that()
        .resideInAPackage("io.sparkwire.dispatch..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.sparkwire.http..", "io.sparkwire.admin..")
        .check(classes);
  }

  @Test
  void noPackagesImportEachOtherInACycle() {
    slices().matching("io.sparkwire.(*)..").should().beFreeOfCycles().check(classes);
  }
}
