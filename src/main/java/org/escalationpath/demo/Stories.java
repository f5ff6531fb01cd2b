package org.escalationpath.demo;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.core.io.ClassPathResource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Reads the stories from {@code demo/stories.yaml}. */
final class Stories {

  private Stories() {}

  static List<Story> read() {
    try (var file = new ClassPathResource("demo/stories.yaml").getInputStream()) {
      return parse(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("The demo's stories cannot be read", e);
    }
  }

  private static List<Story> parse(InputStream file) {
    List<Map<String, Object>> entries =
        new Yaml(new SafeConstructor(new LoaderOptions())).load(file);
    return entries.stream().map(Stories::story).toList();
  }

  private static Story story(Map<String, Object> entry) {
    var opening = new LinkedHashMap<String, String>();
    entry.forEach((name, value) -> {
      if (value instanceof String text) {
        opening.put(name, text);
      }
    });
    var events = ((List<?>) entry.get("story"))
        .stream().map(line -> Story.Event.parse(line.toString())).toList();
    return new Story(opening, events);
  }
}
