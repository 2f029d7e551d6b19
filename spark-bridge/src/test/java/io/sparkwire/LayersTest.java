package io.sparkwire;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The layers of all of Sparkwire, as this module sees all of it but the load tests. */
class LayersTest {

  private static final String ROOT = "io.sparkwire.";

  /** Imports point to the left. */
  private static final List<String> LAYERS =
      List.of(
          "protocol",
          "history",
          "cluster",
          "connection",
          "dispatch",
          "kept",
          "framing",
          "http",
          "admin",
          "intake",
          "spark",
          "httpclient",
          "app");

  private final JavaClasses classes = OurClasses.all();

  private static String[] packages(List<String> layers) {
    return layers.stream().map(layer -> ROOT + layer + "..").toArray(String[]::new);
  }

  private Set<String> layersThatExist() {
    return classes.stream()
        .map(JavaClass::getPackageName)
        .map(name -> name.substring(ROOT.length()).split("\\.", 2)[0])
        .collect(Collectors.toSet());
  }

  @Test
  void everyPackageHasItsPlaceAmongTheLayers() {
    assertThat(layersThatExist())
        .isSubsetOf(LAYERS)
        .contains("protocol", "history", "cluster", "dispatch", "http", "intake", "spark");
  }

  @Test
  void importsPointDownTheLayers() {
    for (String layer : layersThatExist()) {
      int above = LAYERS.indexOf(layer) + 1;
      noClasses()
          .that()
          .resideInAPackage(ROOT + layer + "..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(packages(LAYERS.subList(above, LAYERS.size())))
          .check(classes);
    }
  }

  @Test
  void noPackagesImportEachOtherInACycle() {
    slices().matching("io.sparkwire.(*)..").should().beFreeOfCycles().check(classes);
  }

  @Test
  void onlyTheUppermostLayersKnowSpark() {
    noClasses()
        .that()
        .resideOutsideOfPackages(packages(List.of("spark", "httpclient", "app")))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.spark..", "scala..")
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

  @Test
  void onlyHistoryAndClusterKnowHazelcast() {
    noClasses()
        .that()
        .resideOutsideOfPackages(packages(List.of("history", "cluster")))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.hazelcast..")
        .check(classes);
  }
}
