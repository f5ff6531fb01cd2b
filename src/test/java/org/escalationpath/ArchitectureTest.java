package org.escalationpath;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Instant;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.escalationpath.engine.Published;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

class ArchitectureTest {

  private static final JavaClasses OURS = new ClassFileImporter()
      .withImportOption(new ImportOption.DoNotIncludeTests())
      .importPackages("org.escalationpath");

  @Test
  void modulesUseEachOtherOnlyAsTheyDeclare() {
    ApplicationModules.of(EscalationPath.class).verify();
  }

  @Test
  void onlyTheEngineModuleTouchesWhatTheEngineDoesNotPublish() {
    noClasses()
        .that()
        .resideOutsideOfPackages("..engine..", "..security..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.camunda.bpm.engine.impl..")
        .because("the public API is the way to a maintained fork")
        .check(OURS);
  }

  @Test
  void theCaseItsTimeAndItsCalendarKnowNothingOfTheEngine() {
    noClasses()
        .that()
        .resideInAnyPackage("..cases..", "..calendar..", "..clocks..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.camunda..")
        .check(OURS);
  }

  @Test
  void stepsAndListenersArePublishedAndHidden() {
    classes()
        .that()
        .implement(JavaDelegate.class)
        .or()
        .implement(TaskListener.class)
        .should()
        .beAnnotatedWith(Published.class)
        .andShould()
        .bePackagePrivate()
        .check(OURS);
  }

  @Test
  void nobodyAsksTheWallClock() {
    noClasses()
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(java.time.LocalDate.class, "now")
        .orShould()
        .callMethod(Thread.class, "sleep", long.class)
        .because("time is a parameter: inject the Clock")
        .check(OURS);
  }
}
