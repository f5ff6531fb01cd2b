package org.escalationpath.desk;

import java.io.IOException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.escalationpath.cases.BadInput;
import org.escalationpath.engine.DeployedFiles;
import org.escalationpath.engine.DeployedFiles.Kind;
import org.escalationpath.engine.DeployedFiles.Version;
import org.escalationpath.engine.DeploymentRefused;
import org.escalationpath.workshop.Finding;
import org.escalationpath.workshop.Palette;
import org.escalationpath.workshop.ProcedureChanges;
import org.escalationpath.workshop.Workshop;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.ui.ModelMap;
import org.springframework.util.StringUtils;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Models, decisions and forms with their versions; files are looked at, compared and deployed here. */
@Page
@RequestMapping("/models")
class ModelPages {

  private static final int MOST_FILES = 30;

  private final Workshop workshop;
  private final ProcedureChanges changes;
  private final DeployedFiles deployed;
  private final Rights rights;
  private final Words words;

  ModelPages(
      Workshop workshop,
      ProcedureChanges changes,
      DeployedFiles deployed,
      Rights rights,
      Words words) {
    this.changes = changes;
    this.workshop = workshop;
    this.deployed = deployed;
    this.rights = rights;
    this.words = words;
  }

  /** What is deployed under one key. */
  record Line(Version latest, int versions, int running) {}

  @GetMapping
  String all(ModelMap page) {
    rights.mustReadHistory();
    var byKey = deployed.versions().stream()
        .collect(Collectors.groupingBy(
            each -> each.kind() + " " + each.key(), LinkedHashMap::new, Collectors.toList()));
    page.addAttribute(
        "lines",
        byKey.values().stream()
            .map(versions -> new Line(
                versions.get(0),
                versions.size(),
                versions.stream().mapToInt(Version::running).sum()))
            .toList());
    page.addAttribute("changes", changes.all());
    return "models";
  }

  @GetMapping("/palette.json")
  @ResponseBody
  ResponseEntity<String> palette() {
    rights.mustReadHistory();
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_JSON)
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"escalation-path.json\"")
        .body(Palette.json());
  }

  /** A proposed change, with what was found and what became of it; all staff read what changes for them. */
  @GetMapping("/changes/{id}")
  String change(@PathVariable String id, ModelMap page) {
    rights.mustBeStaff();
    page.addAttribute(
        "change",
        changes
            .find(id)
            .orElseThrow(() -> new BadInput("change", "no-model", "There is no such change")));
    page.addAttribute("compared", changes.compared(id));
    page.addAttribute("overtaken", changes.overtaken(id));
    page.addAttribute("findings", workshop.inspect(changes.files(id)).findings());
    return "change";
  }

  /** Asks a second person for what was looked at. */
  @PostMapping("/propose")
  ModelAndView propose(
      @RequestParam(required = false) @Nullable List<String> name,
      @RequestParam(required = false) @Nullable List<String> content,
      @RequestParam(defaultValue = "") String title,
      @RequestParam(defaultValue = "") String why,
      RedirectAttributes after) {
    rights.mustPlan();
    var id = changes.propose(title, why, read(name == null ? List.of() : name, content));
    after.addFlashAttribute("done", words.text("models.proposed"));
    return new ModelAndView("redirect:/models/changes/{id}", Map.of("id", id));
  }

  @PostMapping("/check")
  ModelAndView check(@RequestParam(required = false) @Nullable List<MultipartFile> files)
      throws IOException {
    rights.mustPlan();
    return looked(read(files), HttpStatus.OK);
  }

  /** Deploys what was looked at, which comes back as Base64, or files at once. */
  @PostMapping("/deploy")
  ModelAndView deploy(
      @RequestParam(required = false) @Nullable List<MultipartFile> files,
      @RequestParam(required = false) @Nullable List<String> name,
      @RequestParam(required = false) @Nullable List<String> content,
      @RequestParam(defaultValue = "") String why,
      RedirectAttributes after)
      throws IOException {
    rights.mustPlan();
    var drafts = name == null ? read(files) : read(name, content);
    if (why.isBlank() || why.length() > 200) {
      throw new IllegalArgumentException("Say in at most 200 characters what changes");
    }
    try {
      workshop.deploy(drafts, why.strip());
    } catch (DeploymentRefused e) {
      return looked(drafts, HttpStatus.BAD_REQUEST);
    }
    after.addFlashAttribute("done", words.text("models.done", drafts.size()));
    return new ModelAndView("redirect:/models");
  }

  private static Map<String, byte[]> read(@Nullable List<MultipartFile> files) throws IOException {
    var read = new LinkedHashMap<String, byte[]>();
    for (var file : files == null ? List.<MultipartFile>of() : files) {
      var name = StringUtils.getFilename(
          StringUtils.cleanPath(String.valueOf(file.getOriginalFilename())));
      if (!file.isEmpty() && name != null) {
        read.put(name, file.getBytes());
      }
    }
    return checked(read);
  }

  private static Map<String, byte[]> read(List<String> names, @Nullable List<String> contents) {
    var read = new LinkedHashMap<String, byte[]>();
    for (var index = 0;
        index < names.size() && contents != null && index < contents.size();
        index++) {
      read.put(
          String.valueOf(StringUtils.getFilename(names.get(index))),
          Base64.getDecoder().decode(contents.get(index)));
    }
    return checked(read);
  }

  private static Map<String, byte[]> checked(Map<String, byte[]> read) {
    if (read.isEmpty() || read.size() > MOST_FILES) {
      throw new IllegalArgumentException(
          "Choose between 1 and %d files that end in .bpmn, .dmn or .form".formatted(MOST_FILES));
    }
    return read;
  }

  private ModelAndView looked(Map<String, byte[]> drafts, HttpStatus status) {
    var report = workshop.inspect(drafts);
    var page = new ModelAndView("models-check");
    page.setStatus(status);
    page.addObject("report", report);
    page.addObject("mayDeploy", workshop.isDirectDeploymentAllowed());
    page.addObject("compared", workshop.compared(drafts));
    return page;
  }

  @GetMapping("/{kind}/{key}")
  String one(@PathVariable String kind, @PathVariable String key, ModelMap page) {
    rights.mustReadHistory();
    var versions = versions(kind, key);
    var latest = versions.get(0);
    page.addAttribute("versions", versions);
    page.addAttribute("latest", latest);
    page.addAttribute("isModel", latest.kind() == Kind.MODEL);
    page.addAttribute("findings", findings(latest));
    page.addAttribute("compared", workshop.alone(latest));
    page.addAttribute(
        "documentation", latest.kind() == Kind.MODEL ? workshop.documentation(latest) : List.of());
    page.addAttribute(
        "migrations", latest.kind() == Kind.MODEL ? workshop.migrations().of(key) : List.of());
    return "model";
  }

  /** How far moving its cases has come. */
  @GetMapping("/model/{key}/moved")
  String moved(@PathVariable String key, ModelMap page) {
    rights.mustReadHistory();
    page.addAttribute("key", key);
    page.addAttribute("migrations", workshop.migrations().of(key));
    return "model-parts :: moves";
  }

  private List<Version> versions(String kind, String key) {
    var found = deployed.versions().stream()
        .filter(each -> each.kind().name().equalsIgnoreCase(kind) && each.key().equals(key))
        .toList();
    if (found.isEmpty()) {
      throw new BadInput("key", "no-model", "There is no such model, decision or form");
    }
    return found;
  }

  private List<Finding> findings(Version latest) {
    var name = String.valueOf(StringUtils.getFilename(latest.resource()));
    return workshop.inspect(Map.of(name, deployed.content(latest))).findings();
  }

  @GetMapping("/compare")
  String compare(@RequestParam String one, @RequestParam String other, ModelMap page) {
    rights.mustReadHistory();
    var before = version(one);
    var after = version(other);
    if (before.kind() != after.kind() || !before.key().equals(after.key())) {
      throw new IllegalArgumentException("Two versions of the same file are compared");
    }
    var isInOrder = before.version() <= after.version();
    page.addAttribute("before", isInOrder ? before : after);
    page.addAttribute("after", isInOrder ? after : before);
    page.addAttribute(
        "compared",
        isInOrder ? workshop.compared(before, after) : workshop.compared(after, before));
    page.addAttribute("versions", versions(before.kind().name(), before.key()));
    return "models-compare";
  }

  private Version version(String id) {
    return deployed
        .find(id)
        .orElseThrow(() -> new BadInput("version", "no-model", "There is no such version"));
  }

  /** Where the cases of one version would go, and the form that moves them. */
  @GetMapping("/migration")
  String migration(
      @RequestParam String from,
      @RequestParam String to,
      @RequestParam Map<String, String> asked,
      ModelMap page) {
    rights.mustReadHistory();
    var source = version(from);
    var target = version(to);
    var mapping = mapping(asked);
    page.addAttribute("from", source);
    page.addAttribute("to", target);
    page.addAttribute("mapping", mapping);
    page.addAttribute("preview", workshop.migrations().preview(from, to, mapping));
    page.addAttribute("targets", workshop.waitingElements(target));
    page.addAttribute("deadlines", workshop.migrations().deadlines(from));
    return "migration";
  }

  @PostMapping("/migration")
  ModelAndView migrate(
      @RequestParam String from,
      @RequestParam String to,
      @RequestParam String action,
      @RequestParam(defaultValue = "") String why,
      @RequestParam Map<String, String> asked,
      ModelMap page,
      RedirectAttributes after) {
    rights.mustPlan();
    var mapping = mapping(asked);
    if (action.equals("start")) {
      workshop.migrations().start(from, to, mapping, why);
      after.addFlashAttribute("done", words.text("migration.started"));
      return new ModelAndView(
          "redirect:/models/model/{key}", Map.of("key", version(from).key()));
    }
    if (action.equals("try")) {
      page.addAttribute("tried", tried(from, to, mapping));
    }
    page.addAttribute("why", why);
    return new ModelAndView(migration(from, to, asked, page));
  }

  /** What the engine did with one case, or why it would not. */
  private String tried(String from, String to, Map<String, String> mapping) {
    try {
      return workshop
          .migrations()
          .dryRun(from, to, mapping)
          .map(moved ->
              words.text("migration.tried", moved.before().size(), moved.after().size()))
          .orElseGet(() -> words.text("migration.no-case"));
    } catch (org.escalationpath.engine.Migrations.Impossible e) {
      return words.text("migration.impossible", String.valueOf(e.getMessage()));
    }
  }

  private static Map<String, String> mapping(Map<String, String> asked) {
    var mapping = new LinkedHashMap<String, String>();
    asked.forEach((name, value) -> {
      if (name.startsWith("map.") && !value.isBlank()) {
        mapping.put(name.substring("map.".length()), value);
      }
    });
    return mapping;
  }

  /** The cases that a migration left where they were. */
  @GetMapping("/migrations/{id}")
  String left(@PathVariable String id, ModelMap page) {
    rights.mustReadHistory();
    page.addAttribute("left", workshop.migrations().left(id));
    return "migration-left";
  }

  /** Deploys an earlier version's file again, as the newest. */
  @PostMapping("/restore")
  ModelAndView restore(@RequestParam String version, RedirectAttributes after) {
    rights.mustPlan();
    var earlier = version(version);
    var drafts = Map.of(
        String.valueOf(StringUtils.getFilename(earlier.resource())), deployed.content(earlier));
    try {
      workshop.deploy(drafts, words.text("models.restored", earlier.label()));
    } catch (DeploymentRefused e) {
      return looked(drafts, HttpStatus.BAD_REQUEST);
    }
    after.addFlashAttribute("done", words.text("models.restored", earlier.label()));
    return new ModelAndView(
        "redirect:/models/{kind}/{key}",
        Map.of(
            "kind",
            earlier.kind().name().toLowerCase(java.util.Locale.ROOT),
            "key",
            earlier.key()));
  }

  /** A file as it was deployed, for the Modeler. */
  @GetMapping("/file")
  @ResponseBody
  ResponseEntity<byte[]> file(@RequestParam String version) {
    rights.mustReadHistory();
    return Optional.of(version(version))
        .map(each -> ResponseEntity.ok()
            .contentType(MediaType.APPLICATION_OCTET_STREAM)
            .header(
                HttpHeaders.CONTENT_DISPOSITION,
                "attachment; filename=\"%s\""
                    .formatted(String.valueOf(StringUtils.getFilename(each.resource()))
                        .replaceAll("[^A-Za-z0-9._-]", "_")))
            .body(deployed.content(each)))
        .orElseThrow();
  }
}
