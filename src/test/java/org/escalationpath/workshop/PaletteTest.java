package org.escalationpath.workshop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.escalationpath.engine.Steps;
import org.junit.jupiter.api.Test;

/**
 * The palette and the documentation say what the steps and rules say of themselves. With {@code -Drenew=true} they are written anew.
 */
class PaletteTest {

  private static final Path TEMPLATES =
      Path.of("processes/.camunda/element-templates/escalation-path.json");
  private static final Path STEPS = Path.of("docs/steps.md");
  private static final Path RULES = Path.of("docs/rules.md");

  @Test
  void thePaletteOffersEachStepAsItDescribesItself() throws IOException {
    assertEqual(TEMPLATES, Palette.json());
  }

  @Test
  void theListOfStepsIsWhatTheySayOfThemselves() throws IOException {
    assertEqual(STEPS, Handbook.steps());
  }

  @Test
  void theListOfRulesIsWhatIsChecked() throws IOException {
    assertEqual(RULES, Handbook.rules());
  }

  @Test
  void theModelerTakesThePalette() throws IOException {
    var schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7)
        .getSchema(getClass().getResourceAsStream("/vendor/element-templates-0.22.1.json"));
    assertThat(schema.validate(new ObjectMapper().readTree(Palette.json()))).isEmpty();
  }

  @Test
  void thereIsATemplateForEveryStepTopicAndPartOfAPath() throws IOException {
    var ids = new ObjectMapper().readTree(Palette.json()).findValuesAsText("id");
    var wanted = new ArrayList<String>();
    Steps.published().all().stream()
        .filter(step -> !step.isListener())
        .forEach(step -> wanted.add(step.name()));
    Steps.published().topics().forEach(topic -> wanted.add(topic.name()));
    assertThat(ids)
        .containsAll(wanted.stream().map(name -> "org.escalationpath." + name).toList())
        .contains(
            "org.escalationpath.tierTask",
            "org.escalationpath.reminder",
            "org.escalationpath.limit",
            "org.escalationpath.waiting",
            "org.escalationpath.calledProcess")
        .doesNotHaveDuplicates();
  }

  private static void assertEqual(Path file, String made) throws IOException {
    if (Boolean.getBoolean("renew")) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, made);
    }
    assertThat(file)
        .as("%s; ./mvnw test -Dtest=PaletteTest -Drenew=true writes it anew", file)
        .hasContent(made);
  }
}
