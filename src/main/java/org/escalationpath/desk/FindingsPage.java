package org.escalationpath.desk;

import org.escalationpath.auditor.Findings;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** What the escalation auditor found. */
@Page
class FindingsPage {

  private final Findings findings;
  private final Rights rights;

  FindingsPage(Findings findings, Rights rights) {
    this.findings = findings;
    this.rights = rights;
  }

  @GetMapping("/findings")
  String findings(Model model) {
    rights.mustBeStaff();
    model.addAttribute("findings", findings.lasting());
    model.addAttribute("lastRun", findings.lastRun().orElse(null));
    return "findings";
  }
}
