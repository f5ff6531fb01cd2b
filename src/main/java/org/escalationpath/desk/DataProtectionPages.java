package org.escalationpath.desk;

import java.util.Map;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.Cases;
import org.springframework.ui.ModelMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Erasing a customer's personal data, and legal holds; for administrators. */
@Page
class DataProtectionPages {

  private final DataProtection protection;
  private final Cases cases;
  private final Words words;
  private final Rights rights;
  private final Troubles troubles;

  DataProtectionPages(
      DataProtection protection, Cases cases, Words words, Rights rights, Troubles troubles) {
    this.protection = protection;
    this.cases = cases;
    this.words = words;
    this.rights = rights;
    this.troubles = troubles;
  }

  @GetMapping("/erasure")
  String form(ModelMap model) {
    rights.mustAdminister();
    return "erasure";
  }

  @PostMapping("/erasure")
  ModelAndView erase(
      @RequestParam(defaultValue = "") String email,
      @RequestParam(defaultValue = "") String why,
      RedirectAttributes done) {
    rights.mustAdminister();
    var trouble = troubles.ofCustomer(() ->
        done.addFlashAttribute("done", words.text("erasure.done", protection.erase(email, why))));
    if (trouble == null) {
      return new ModelAndView("redirect:/erasure");
    }
    var page = new ModelAndView("erasure");
    page.setStatus(trouble.status());
    page.addObject("trouble", trouble);
    page.addObject("typed", Map.of("email", email, "why", why));
    return page;
  }

  @PostMapping("/audit/cases/{number}/hold")
  String hold(
      @PathVariable String number,
      @RequestParam(defaultValue = "") String why,
      @RequestParam boolean held,
      RedirectAttributes done) {
    rights.mustAdminister();
    var of = cases.require(CaseNumber.of(number)).number();
    var trouble = troubles.ofStaff(of, () -> {
      if (held) {
        protection.hold(of, why);
      } else {
        protection.lift(of, why);
      }
    });
    if (trouble == null) {
      done.addFlashAttribute("done", held ? "hold.done.placed" : "hold.done.lifted");
    } else {
      done.addFlashAttribute("trouble", trouble);
    }
    return "redirect:/audit/cases/" + of;
  }
}
