package org.escalationpath.desk;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.util.List;
import org.escalationpath.cases.BadInput;
import org.escalationpath.imports.Import;
import org.escalationpath.imports.Imports;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** Past cases of other systems, for programs that bring them in. */
@RestController
@RequestMapping("/api/imports")
@Tag(name = "imports", description = "Past cases of other systems, as history for numbers")
class ImportApi {

  private final Imports imports;
  private final Rights rights;

  ImportApi(Imports imports, Rights rights) {
    this.imports = imports;
    this.rights = rights;
  }

  record Begun(String id) {}

  @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
  @ResponseStatus(HttpStatus.ACCEPTED)
  @Operation(
      summary = "Bring in a log",
      description =
          "file: CSV or XES, which may be compressed by gzip. mapping: YAML that says what its columns mean, see docs/imports.md."
              + " It is done in the background; the same file again goes on where that was cut off")
  Begun begin(
      @RequestParam(required = false) @Nullable MultipartFile file,
      @RequestParam(required = false) @Nullable String mapping)
      throws IOException {
    rights.mustPlan();
    if (file == null || file.isEmpty()) {
      throw new BadInput("file", "missing", "'file' is missing; choose a log");
    }
    if (mapping == null || mapping.isBlank()) {
      throw new BadInput("mapping", "missing", "'mapping' is missing; say what the columns mean");
    }
    var name = file.getOriginalFilename();
    try (var in = file.getInputStream()) {
      return new Begun(imports.begin(name == null ? "log" : name, mapping, in));
    }
  }

  @GetMapping
  @Operation(summary = "All imports, the latest first")
  List<Import> all() {
    rights.mustBeStaff();
    return imports.all();
  }

  @GetMapping("/{id}")
  @Operation(summary = "An import, with the rows that were not understood")
  Import one(@PathVariable String id) {
    rights.mustBeStaff();
    return imports
        .find(id)
        .orElseThrow(
            () -> new BadInput("id", "no-choice", "There is no import '%s'".formatted(id), "–"));
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(summary = "Take an import back, with all of its cases and their numbers")
  void remove(@PathVariable String id) {
    rights.mustPlan();
    imports.remove(id);
  }
}
