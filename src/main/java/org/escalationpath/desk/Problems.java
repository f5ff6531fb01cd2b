package org.escalationpath.desk;

import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.net.URI;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.MismatchingMessageCorrelationException;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.escalationpath.audit.Busy;
import org.escalationpath.calendar.CalendarChanged;
import org.escalationpath.cases.Ledger;
import org.escalationpath.cases.NoSuchCase;
import org.escalationpath.engine.Refused;
import org.escalationpath.escalation.WrongState;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Answers mistakes and lost races over HTTP with problem details (RFC 9457) that say what to change or what happened. */
@RestControllerAdvice(annotations = RestController.class)
class Problems extends ResponseEntityExceptionHandler {

  private static final String TYPES = "https://escalationpath.org/problems/";

  private final Ledger ledger;

  Problems(Ledger ledger) {
    this.ledger = ledger;
  }

  @ExceptionHandler
  ProblemDetail noSuchCase(NoSuchCase e) {
    return problem(HttpStatus.NOT_FOUND, "no-such-case", e.getMessage());
  }

  @ExceptionHandler({IllegalArgumentException.class, Refused.class})
  ProblemDetail mistake(RuntimeException e) {
    return problem(HttpStatus.BAD_REQUEST, "mistake", e.getMessage());
  }

  @ExceptionHandler({AccessDeniedException.class, AuthorizationException.class})
  ProblemDetail notAllowed(RuntimeException e) {
    return problem(HttpStatus.FORBIDDEN, "not-allowed", e.getMessage());
  }

  @ExceptionHandler
  ProblemDetail wrongState(WrongState e) {
    var problem = problem(HttpStatus.CONFLICT, "wrong-state", e.getMessage());
    ledger
        .latest(e.number(), null)
        .ifPresent(entry -> problem.setProperty("happened", CaseApi.LedgerView.Entry.of(entry)));
    return problem;
  }

  @ExceptionHandler
  ProblemDetail busy(Busy e) {
    return problem(HttpStatus.TOO_MANY_REQUESTS, "busy", e.getMessage());
  }

  @ExceptionHandler
  ProblemDetail calendarChanged(CalendarChanged e) {
    return problem(HttpStatus.CONFLICT, "calendar-changed", e.getMessage());
  }

  @ExceptionHandler({
    OptimisticLockingException.class,
    MismatchingMessageCorrelationException.class,
    ConcurrencyFailureException.class
  })
  ProblemDetail lostRace(RuntimeException e) {
    return problem(
        HttpStatus.CONFLICT,
        "lost-race",
        "Somebody else changed the case at the same moment; look at it again");
  }

  @Override
  protected org.springframework.http.ResponseEntity<Object> handleHttpMessageNotReadable(
      HttpMessageNotReadableException e,
      org.springframework.http.HttpHeaders headers,
      org.springframework.http.HttpStatusCode status,
      org.springframework.web.context.request.WebRequest request) {
    return handleExceptionInternal(
        e, problem(HttpStatus.BAD_REQUEST, "unreadable", unreadable(e)), headers, status, request);
  }

  private static String unreadable(HttpMessageNotReadableException e) {
    if (e.getCause() instanceof UnrecognizedPropertyException unknown) {
      return "There is no property '%s'; known are %s"
          .formatted(unknown.getPropertyName(), unknown.getKnownPropertyIds());
    }
    if (e.getCause() instanceof MismatchedInputException mismatch
        && !mismatch.getPath().isEmpty()) {
      var last = mismatch.getPath().get(mismatch.getPath().size() - 1);
      return "The property '%s' has a value of the wrong type".formatted(last.getFieldName());
    }
    return "The body is no JSON object that can be read here";
  }

  private static ProblemDetail problem(HttpStatus status, String type, String detail) {
    var problem = ProblemDetail.forStatusAndDetail(status, detail);
    problem.setType(URI.create(TYPES + type));
    return problem;
  }
}
