package org.escalationpath.desk;

import org.camunda.bpm.engine.MismatchingMessageCorrelationException;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.escalationpath.cases.BadInput;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.FileRules;
import org.escalationpath.cases.Ledger;
import org.escalationpath.engine.Refused;
import org.escalationpath.escalation.WrongState;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Tries what a form asks for. If that does not work the page is shown again with what was typed, and says what to change or what happened. */
@Component
class Troubles {

  private final Words words;
  private final Ledger ledger;

  Troubles(Words words, Ledger ledger) {
    this.words = words;
    this.ledger = ledger;
  }

  /**
   * Why something did not work.
   *
   * @param field the answer to be changed, where it is one
   * @param isConflict whether something happened meanwhile, so that nothing is wrong with what was typed
   */
  record Trouble(HttpStatus status, @Nullable String field, String text, boolean isConflict) {}

  /** For members of staff, who are told what happened meanwhile and by whom; null if it worked. */
  @Nullable
  Trouble ofStaff(CaseNumber number, Runnable command) {
    return tryTo(command, number);
  }

  /** For customers, who see on their page where the case is now; null if it worked. */
  @Nullable
  Trouble ofCustomer(Runnable command) {
    return tryTo(command, null);
  }

  /** A number that is none of a case. */
  Trouble noSuchCase(String asked) {
    return new Trouble(
        HttpStatus.NOT_FOUND, null, words.text("problem.no-such-case-number", asked), false);
  }

  private @Nullable Trouble tryTo(Runnable command, @Nullable CaseNumber number) {
    try {
      command.run();
      return null;
    } catch (FileRules.TooLarge e) {
      return new Trouble(HttpStatus.PAYLOAD_TOO_LARGE, "files", words.mistake(e), false);
    } catch (BadInput e) {
      return new Trouble(HttpStatus.BAD_REQUEST, e.field(), words.mistake(e), false);
    } catch (IllegalArgumentException | Refused e) {
      return new Trouble(HttpStatus.BAD_REQUEST, null, words.mistake(e), false);
    } catch (WrongState e) {
      return conflict(number, words.isEnglish() ? e.getMessage() : null);
    } catch (OptimisticLockingException
        | MismatchingMessageCorrelationException
        | ConcurrencyFailureException e) {
      return conflict(number, null);
    }
  }

  private Trouble conflict(@Nullable CaseNumber number, @Nullable String why) {
    var happened = number == null
        ? words.text("conflict.customer")
        : words.text("conflict.staff", words.news(ledger.of(number)))
            + (why == null ? "" : " " + why);
    return new Trouble(HttpStatus.CONFLICT, null, happened, true);
  }
}
