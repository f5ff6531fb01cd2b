package org.escalationpath.desk;

import org.camunda.bpm.engine.MismatchingMessageCorrelationException;
import org.camunda.bpm.engine.OptimisticLockingException;
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
@ControllerAdvice(
    assignableTypes = {StaffPages.class, CustomerPages.class, FirstPage.class, CalendarPages.class})
class PageProblems {

  @ExceptionHandler({NoSuchCase.class, NoSuchLink.class})
  ModelAndView notFound(RuntimeException e) {
    return page(HttpStatus.NOT_FOUND, "Not found", e.getMessage());
  }

  @ExceptionHandler({IllegalArgumentException.class, Refused.class})
  ModelAndView mistake(RuntimeException e) {
    return page(HttpStatus.BAD_REQUEST, "That did not work", e.getMessage());
  }

  @ExceptionHandler({
    MissingServletRequestParameterException.class,
    MethodArgumentTypeMismatchException.class
  })
  ModelAndView incomplete(Exception e) {
    return page(
        HttpStatus.BAD_REQUEST,
        "That did not work",
        "Something in the form is missing or of the wrong kind.");
  }

  @ExceptionHandler
  ModelAndView notAllowed(AccessDeniedException e) {
    return page(HttpStatus.FORBIDDEN, "Not yours to do", e.getMessage());
  }

  @ExceptionHandler
  ModelAndView wrongState(WrongState e) {
    return page(HttpStatus.CONFLICT, "Something happened meanwhile", e.getMessage());
  }

  @ExceptionHandler({
    OptimisticLockingException.class,
    MismatchingMessageCorrelationException.class,
    ConcurrencyFailureException.class
  })
  ModelAndView lostRace(RuntimeException e) {
    return page(
        HttpStatus.CONFLICT,
        "Something happened meanwhile",
        "Somebody else changed the case at the same moment. Please look at it again.");
  }

  private static ModelAndView page(HttpStatusCode status, String title, String message) {
    var page = new ModelAndView("problem");
    page.setStatus(status);
    page.addObject("title", title);
    page.addObject("message", message);
    return page;
  }
}
