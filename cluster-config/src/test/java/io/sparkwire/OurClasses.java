package io.sparkwire;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

/** The classes of Sparkwire on the class path, without those of tests and generated ones. */
public final class OurClasses {

  private OurClasses() {}

  public static JavaClasses all() {
    return new ClassFileImporter()
        .withImportOption(new ImportOption.DoNotIncludeTests())
        .withImportOption(location -> !location.contains("-tests.jar"))
        .withImportOption(location -> !location.contains("/io/sparkwire/protobuf/"))
        .importPackages("io.sparkwire");
  }
}
