package org.escalationpath.desk;

import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.escalationpath.cases.BadInput;
import org.escalationpath.cases.Cases;
import org.escalationpath.cases.Links;
import org.escalationpath.survey.Answer;
import org.escalationpath.survey.Recommendation;
import org.escalationpath.survey.SurveyAnswers;
import org.jspecify.annotations.Nullable;
import org.springframework.ui.ModelMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The survey, behind a private link. Opening it records nothing: programs that check mails open links too. */
@Page
class SurveyPage {

  private final Links links;
  private final Cases cases;
  private final SurveyAnswers surveys;
  private final Troubles troubles;

  SurveyPage(Links links, Cases cases, SurveyAnswers surveys, Troubles troubles) {
    this.links = links;
    this.cases = cases;
    this.surveys = surveys;
    this.troubles = troubles;
  }

  @GetMapping("/survey/{token}")
  String survey(@PathVariable String token, HttpServletRequest request, ModelMap model) {
    var survey = surveys.find(surveyOf(token));
    var typed = new HashMap<String, String>();
    put(typed, "recommendation", survey.recommendation());
    put(typed, "csat", survey.csat());
    put(typed, "ces", survey.ces());
    put(typed, "solved", survey.solved() == null ? null : survey.solved() ? "yes" : "no");
    put(typed, "contacts", survey.contacts());
    put(typed, "comment", survey.comment());
    return show(token, typed, request, model);
  }

  private static void put(Map<String, String> typed, String name, @Nullable Object value) {
    if (value != null) {
      typed.put(name, value.toString());
    }
  }

  private String show(
      String token, Map<String, String> typed, HttpServletRequest request, ModelMap model) {
    var survey = surveys.find(surveyOf(token));
    var customerCase = cases.require(survey.caseNumber());
    PageLanguages.speak(request, customerCase.customer().locale());
    model.addAttribute("survey", survey);
    model.addAttribute("case", customerCase);
    model.addAttribute("token", token);
    model.addAttribute("typed", typed);
    return "survey";
  }

  @PostMapping("/survey/{token}")
  ModelAndView answer(
      @PathVariable String token,
      @RequestParam Map<String, String> typed,
      HttpServletRequest request) {
    var id = surveyOf(token);
    var isKept = new AtomicBoolean();
    var isNps = surveys.find(id).isNps();
    var trouble = troubles.ofCustomer(() -> isKept.set(
        isNps ? surveys.answer(id, recommendation(typed)) : surveys.answer(id, read(typed))));
    if (trouble == null) {
      return Redirects.to("/survey/" + token, isKept.get() ? "survey.done" : "survey.done.before");
    }
    var page = new ModelAndView("survey", trouble.status());
    page.addObject("trouble", trouble);
    show(token, typed, request, page.getModelMap());
    return page;
  }

  private static Answer read(Map<String, String> typed) {
    var csat = number("csat", typed);
    var solved = typed.getOrDefault("solved", "");
    if (csat == null || !solved.equals("yes") && !solved.equals("no")) {
      throw new BadInput(
          "csat",
          "survey-incomplete",
          "Please say how satisfied you are and whether the problem was solved");
    }
    return new Answer(
        csat,
        number("ces", typed),
        solved.equals("yes"),
        number("contacts", typed),
        typed.get("comment"));
  }

  private static Recommendation recommendation(Map<String, String> typed) {
    var score = number("recommendation", typed);
    if (score == null || score > Recommendation.HIGHEST) {
      throw new BadInput("recommendation", "nps-incomplete", "Please choose a number from 0 to 10");
    }
    return new Recommendation(score, typed.get("comment"));
  }

  private static @Nullable Integer number(String name, Map<String, String> typed) {
    var text = typed.getOrDefault(name, "");
    if (!text.matches("\\d{0,2}")) {
      throw new BadInput(name, "no-number", "'" + name + "' must be one of the numbers offered");
    }
    return text.isEmpty() ? null : Integer.valueOf(text);
  }

  private String surveyOf(String token) {
    return links.find(Links.SURVEY, token).map(Links.Target::subject).orElseThrow(NoSuchLink::new);
  }
}
