package org.escalationpath.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The page of definitions says what the program does. */
class MetricsHandbookTest {

  @Test
  void thePageIsMadeOfTheDefinitions() throws IOException {
    var file = Path.of("docs/metrics.md");
    if (Boolean.getBoolean("renew")) {
      Files.writeString(file, MetricsHandbook.page());
    }
    assertThat(file)
        .as("%s; ./mvnw test -Dtest=MetricsHandbookTest -Drenew=true writes it anew", file)
        .hasContent(MetricsHandbook.page());
  }
}
