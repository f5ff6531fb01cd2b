package org.escalationpath.workshop;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** The models, decisions and forms that this release brings. */
final class ShippedModels {

  private ShippedModels() {}

  /** Their content by name, {@code processes/escalation-path.bpmn}. */
  static Map<String, byte[]> read() throws IOException {
    var files = new LinkedHashMap<String, byte[]>();
    var resolver = new PathMatchingResourcePatternResolver(ShippedModels.class.getClassLoader());
    for (var pattern : new String[] {"processes/*.bpmn", "processes/*.dmn", "forms/*.form"}) {
      for (var resource : resolver.getResources("classpath:" + pattern)) {
        try (var in = resource.getInputStream()) {
          files.put(
              pattern.substring(0, pattern.indexOf('*')) + resource.getFilename(),
              in.readAllBytes());
        }
      }
    }
    return files;
  }
}
