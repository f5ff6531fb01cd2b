package org.escalationpath.desk;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.escalationpath.cases.Attachments;
import org.escalationpath.cases.BadInput;
import org.escalationpath.cases.FileRules;
import org.escalationpath.cases.FileUpload;
import org.escalationpath.cases.Links;
import org.escalationpath.cases.Message;
import org.escalationpath.cases.NewCase;
import org.escalationpath.intake.CaseForm;
import org.escalationpath.intake.Intake;
import org.escalationpath.security.Throttle;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.HttpStatus;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * The public form by which anybody opens a case. It says all that is to be changed at once and keeps what was typed; sent twice it
 * opens one case. A field that people do not see catches programs.
 */
@Page
class OpenCasePage {

  private static final List<String> ANSWERS =
      List.of("customerName", "customerEmail", "customerPhone", "subject", "description");

  private final Intake intake;
  private final Attachments attachments;
  private final FileRules rules;
  private final Links links;
  private final Words words;
  private final Throttle byAddress;
  private final Throttle byEmail;

  OpenCasePage(
      Intake intake,
      Attachments attachments,
      FileRules rules,
      Links links,
      Words words,
      @Value("${escalation.open.per-address-and-hour}") int perAddress,
      @Value("${escalation.open.per-email-and-hour}") int perEmail) {
    this.intake = intake;
    this.attachments = attachments;
    this.rules = rules;
    this.links = links;
    this.words = words;
    this.byAddress = new Throttle(perAddress, Duration.ofHours(1));
    this.byEmail = new Throttle(perEmail, Duration.ofHours(1));
  }

  @GetMapping("/open")
  String form(Model model) {
    return show(model, Map.of("form", UUID.randomUUID().toString()), Map.of());
  }

  private String show(Model model, Map<String, String> typed, Map<String, String> mistakes) {
    model.addAttribute("typed", typed);
    model.addAttribute("mistakes", mistakes);
    model.addAttribute("rules", rules);
    return "open";
  }

  @PostMapping("/open")
  String open(
      @RequestParam Map<String, String> typed,
      @RequestParam(required = false) @Nullable List<MultipartFile> files,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model,
      RedirectAttributes done) {
    var mistakes = mistakes(typed, response);
    var uploads = new ArrayList<FileUpload>();
    try {
      uploads.addAll(Uploads.of(files, rules));
      rules.check(uploads);
    } catch (FileRules.TooLarge e) {
      response.setStatus(HttpStatus.PAYLOAD_TOO_LARGE.value());
      mistakes.put("files", words.mistake(e));
    } catch (BadInput e) {
      response.setStatus(HttpStatus.BAD_REQUEST.value());
      mistakes.put("files", words.mistake(e));
    }
    var newCase = mistakes.isEmpty() ? newCase(typed, uploads) : null;
    if (newCase != null && !isAllowed(request.getRemoteAddr(), newCase)) {
      response.setStatus(HttpStatus.TOO_MANY_REQUESTS.value());
      mistakes.put("", words.text("open.too-many"));
    }
    if (newCase == null || !mistakes.isEmpty()) {
      return show(model, typed, mistakes);
    }
    var opened =
        intake.open(newCase, number -> attachments.keep(number, null, Message.CUSTOMER, uploads));
    done.addFlashAttribute("isOpened", true);
    return "redirect:" + Uploads.pathOf(links.mintToShow(opened.customerCase().number()));
  }

  private Map<String, String> mistakes(Map<String, String> typed, HttpServletResponse response) {
    var mistakes = new LinkedHashMap<String, String>();
    CaseForm.mistakes(typed)
        .forEach((field, mistake) -> mistakes.put(field, words.mistake(mistake)));
    if (!typed.getOrDefault("website", "").isEmpty()) {
      mistakes.put("website", words.text("open.website.mistake"));
    }
    if (!mistakes.isEmpty()) {
      response.setStatus(HttpStatus.BAD_REQUEST.value());
    }
    return mistakes;
  }

  /** What has been opened already is only shown again, and counts for nothing. */
  private boolean isAllowed(String address, NewCase newCase) {
    return intake.find(newCase).isPresent()
        || byAddress.take(network(address))
            && byEmail.take(newCase.customer().email().toLowerCase(Locale.ROOT));
  }

  /** Who has one address of the new kind has very many; their first half is what a line is given. */
  private static String network(String address) {
    return address.indexOf(':') < 0
        ? address
        : String.join(
            ":", List.of(address.split(":")).subList(0, Math.min(4, address.split(":").length)));
  }

  private NewCase newCase(Map<String, String> typed, List<FileUpload> files) {
    var fields = new HashMap<String, Object>();
    ANSWERS.forEach(name -> fields.put(name, typed.get(name)));
    fields.put("channel", CaseForm.WEB);
    fields.put("language", LocaleContextHolder.getLocale().getLanguage());
    fields.put("externalId", "web-" + sent(typed, files));
    return CaseForm.read(fields);
  }

  /** The same for a form that is sent twice as it is, another where something was changed in it. */
  private static UUID sent(Map<String, String> typed, List<FileUpload> files) {
    var all = new StringBuilder(typed.getOrDefault("form", ""));
    ANSWERS.forEach(name -> all.append('\n').append(typed.get(name)));
    files.forEach(
        file -> all.append('\n').append(file.name()).append(Arrays.hashCode(file.content())));
    return UUID.nameUUIDFromBytes(all.toString().getBytes(StandardCharsets.UTF_8));
  }
}
