package org.escalationpath.desk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.HashMap;
import org.escalationpath.cases.BadInput;
import org.escalationpath.imports.Imports;
import org.escalationpath.metrics.Metrics;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpStatus;
import org.springframework.ui.ModelMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Where owners bring in past cases of other systems, see how far that is, and take it back. */
@Page
@RequestMapping("/metrics/imports")
class ImportPages {

  private static final String EXAMPLE = "imports/example.yaml";

  private final Imports imports;
  private final ImportApi api;
  private final Metrics metrics;
  private final Rights rights;
  private final Words words;

  ImportPages(Imports imports, ImportApi api, Metrics metrics, Rights rights, Words words) {
    this.imports = imports;
    this.api = api;
    this.metrics = metrics;
    this.rights = rights;
    this.words = words;
  }

  @GetMapping
  String show(ModelMap page) {
    rights.mustBeStaff();
    page.addAttribute("mapping", example());
    return fill(page, "imports");
  }

  private String fill(ModelMap page, String view) {
    var all = imports.all();
    page.addAttribute("imports", all);
    page.addAttribute("isRunning", all.stream().anyMatch(each -> each.state().equals("running")));
    var days = new HashMap<String, LocalDate[]>();
    all.forEach(each -> metrics.days(each.id()).ifPresent(found -> days.put(each.id(), found)));
    page.addAttribute("days", days);
    return view;
  }

  /** The list alone, while something runs. */
  @GetMapping("/list")
  String list(ModelMap page) {
    rights.mustBeStaff();
    return fill(page, "imports :: list");
  }

  @GetMapping("/{id}")
  String problems(@PathVariable String id, ModelMap page) {
    rights.mustBeStaff();
    page.addAttribute("problems", api.one(id));
    page.addAttribute("mapping", example());
    return fill(page, "imports");
  }

  @PostMapping
  String begin(
      @RequestParam(required = false) @Nullable MultipartFile file,
      @RequestParam(defaultValue = "") String mapping,
      ModelMap page,
      RedirectAttributes redirect)
      throws IOException {
    rights.mustPlan();
    try {
      var id = api.begin(file, mapping).id();
      redirect.addFlashAttribute("done", words.text("imports.begun", id));
      return "redirect:/metrics/imports";
    } catch (BadInput e) {
      page.addAttribute(
          "trouble",
          new Troubles.Trouble(HttpStatus.BAD_REQUEST, e.field(), words.mistake(e), false));
      // what was typed stays
      page.addAttribute("mapping", mapping);
      return fill(page, "imports");
    }
  }

  @PostMapping("/{id}/removal")
  String remove(@PathVariable String id, RedirectAttributes redirect) {
    rights.mustPlan();
    imports.remove(id);
    redirect.addFlashAttribute("done", words.text("imports.removed", id));
    return "redirect:/metrics/imports";
  }

  private static String example() {
    try {
      return new ClassPathResource(EXAMPLE).getContentAsString(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
