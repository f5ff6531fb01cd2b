package org.escalationpath.desk;

import org.camunda.bpm.engine.MismatchingMessageCorrelationException;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.escalationpath.audit.Busy;
import org.escalationpath.cases.NoSuchCase;
import org.escalationpath.engine.Refused;
import org.escalationpath.escalation.WrongState;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.ModelAndView;

/** Answers mistakes on pages with a page that says what to change; the browser's back button keeps what was typed. */
@ControllerAdvice(annotations = Page.class)
class PageProblems {

  private final Words words;
  private final PageFrame frame;

  PageProblems(Words words, PageFrame frame) {
    this.words = words;
    this.frame = frame;
  }

  @ExceptionHandler({NoSuchCase.class, NoSuchLink.class})
  ModelAndView notFound(RuntimeException e) {
    var text = e instanceof NoSuchLink
        ? words.text("problem.no-such-link")
        : words.orInEnglish("problem.no-such-case", e);
    return page(HttpStatus.NOT_FOUND, "problem.not-found", text);
  }

  @ExceptionHandler({IllegalArgumentException.class, Refused.class})
  ModelAndView mistake(RuntimeException e) {
    return page(HttpStatus.BAD_REQUEST, "problem.mistake", words.mistake(e));
  }

  @ExceptionHandler({
    MissingServletRequestParameterException.class,
    MethodArgumentTypeMismatchException.class
  })
  ModelAndView incomplete(Exception e) {
    return page(HttpStatus.BAD_REQUEST, "problem.mistake", words.text("problem.incomplete"));
  }

  @ExceptionHandler
  ModelAndView notAllowed(AccessDeniedException e) {
    return page(
        HttpStatus.FORBIDDEN,
        "problem.not-allowed",
        words.orInEnglish("problem.not-allowed.text", e));
  }

  @ExceptionHandler
  ModelAndView busy(Busy e) {
    return page(HttpStatus.TOO_MANY_REQUESTS, "problem.meanwhile", words.text("problem.busy"));
  }

  @ExceptionHandler
  ModelAndView wrongState(WrongState e) {
    return page(
        HttpStatus.CONFLICT, "problem.meanwhile", words.orInEnglish("problem.lost-race", e));
  }

  @ExceptionHandler({
    OptimisticLockingException.class,
    MismatchingMessageCorrelationException.class,
    ConcurrencyFailureException.class
  })
  ModelAndView lostRace(RuntimeException e) {
    return page(HttpStatus.CONFLICT, "problem.meanwhile", words.text("problem.lost-race"));
  }

  private ModelAndView page(HttpStatusCode status, String title, String message) {
    var page = new ModelAndView("problem");
    page.setStatus(status);
    frame.fill(page.getModelMap());
    // a wrong link tells nothing, not even itself
    page.addObject("address", "/");
    page.addObject("title", words.text(title));
    page.addObject("message", message);
    return page;
  }
}
