package org.escalationpath.desk;

import org.escalationpath.engine.Actor;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The first page, which says where to go as which person, and the sign-in. */
@Controller
class FirstPage {

  private final Actor actor;
  private final boolean isDemo;

  FirstPage(Actor actor, @Value("${escalation.demo.people}") boolean isDemo) {
    this.actor = actor;
    this.isDemo = isDemo;
  }

  @GetMapping("/")
  String first(Model model) {
    model.addAttribute("person", actor.person().orElse(null));
    model.addAttribute("isDemo", isDemo);
    return "index";
  }

  @GetMapping("/login")
  String login(
      @RequestParam(required = false) String error,
      @RequestParam(required = false) String throttled,
      Model model) {
    model.addAttribute("isWrong", error != null);
    model.addAttribute("isThrottled", throttled != null);
    model.addAttribute("isDemo", isDemo);
    return "login";
  }
}
