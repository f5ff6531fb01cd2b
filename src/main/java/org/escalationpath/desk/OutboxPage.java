package org.escalationpath.desk;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.escalationpath.cases.BadInput;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.FreeText;
import org.escalationpath.notification.Notification;
import org.escalationpath.notification.Outbox;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.ui.ModelMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** All messages: who was told what, whether it arrived, and to send one again. In the demo, where mails leave nowhere, they are read here. */
@Page
class OutboxPage {

  private static final int PAGE = 50;
  private static final List<String> ASKED =
      List.of("state", "recipient", "template", "case", "person");

  private final Outbox outbox;
  private final Rights rights;
  private final Troubles troubles;
  private final boolean isDemo;

  OutboxPage(
      Outbox outbox,
      Rights rights,
      Troubles troubles,
      @Value("${escalation.demo.people}") boolean isDemo) {
    this.outbox = outbox;
    this.rights = rights;
    this.troubles = troubles;
    this.isDemo = isDemo;
  }

  @GetMapping("/outbox")
  ModelAndView messages(@RequestParam Map<String, String> parameters) {
    rights.mustBeStaff();
    var page = new ModelAndView("outbox");
    var asked = new LinkedHashMap<String, String>();
    ASKED.forEach(name -> asked.put(name, parameters.getOrDefault(name, "").strip()));
    page.addObject("asked", asked);
    page.addObject("states", Outbox.STATES);
    page.addObject("templates", outbox.templates());
    page.addObject("hasMailServer", outbox.hasMailServer());
    page.addObject("messages", List.of());
    var trouble = troubles.ofCustomer(() -> find(asked, parameters, page.getModelMap()));
    if (trouble != null) {
      page.setStatus(trouble.status());
      page.addObject("trouble", trouble);
    }
    return page;
  }

  private void find(Map<String, String> asked, Map<String, String> parameters, ModelMap model) {
    var number = word(asked, "case");
    var filter = new Outbox.Filter(
        oneOf(asked, "state", Outbox.STATES),
        oneOf(asked, "recipient", List.of(Notification.CUSTOMER, Notification.STAFF)),
        word(asked, "template"),
        number == null ? null : CaseNumber.of(number),
        word(asked, "person"));
    var found = outbox.page(filter, before(parameters), PAGE);
    model.addAttribute("messages", found);
    model.addAttribute(
        "next", found.size() < PAGE ? null : found.get(found.size() - 1).seq());
  }

  private static @Nullable Long before(Map<String, String> parameters) {
    var before = word(parameters, "before");
    if (before != null && !before.matches("\\d{1,18}")) {
      throw new BadInput("before", "no-number", "'before' must be a number");
    }
    return before == null ? null : Long.valueOf(before);
  }

  private static @Nullable String word(Map<String, String> asked, String name) {
    return FreeText.optional(name, asked.get(name), 100);
  }

  private static @Nullable String oneOf(
      Map<String, String> asked, String name, List<String> allowed) {
    var word = word(asked, name);
    if (word != null && !allowed.contains(word)) {
      var choices = String.join(", ", allowed);
      throw new BadInput(
          name, "no-choice", "'%s' must be one of %s".formatted(name, choices), choices);
    }
    return word;
  }

  @GetMapping("/outbox/{id}")
  String message(@PathVariable String id, ModelMap model) {
    rights.mustBeStaff();
    var message = require(id);
    model.addAttribute("message", message);
    model.addAttribute("mayResend", outbox.mayResend(message));
    model.addAttribute("mail", outbox.preview(message).orElse(null));
    model.addAttribute("hasMailServer", outbox.hasMailServer());
    return "message";
  }

  @PostMapping("/outbox/{id}/resending")
  ModelAndView resend(@PathVariable String id) {
    rights.mustBeOfATier();
    var message = require(id);
    var trouble = troubles.ofStaff(message.caseNumber(), () -> outbox.resend(message));
    if (trouble == null) {
      return Redirects.to("/outbox/" + id, "outbox.done.resent");
    }
    var page = new ModelAndView("message", trouble.status());
    page.addObject("trouble", trouble);
    message(id, page.getModelMap());
    return page;
  }

  /** Where nothing is mailed, whoever tries the demo goes on as the customer from here. */
  @PostMapping("/outbox/{id}/link")
  String asCustomer(@PathVariable String id) {
    rights.mustBeStaff();
    if (!isDemo || outbox.hasMailServer()) {
      throw new AccessDeniedException("Private links are for customers; only the demo shows them");
    }
    return "redirect:"
        + Uploads.pathOf(outbox.linkLikeIn(require(id)).orElseThrow(NoSuchLink::new));
  }

  private Notification require(String id) {
    return outbox.find(id).orElseThrow(NoSuchLink::new);
  }
}
