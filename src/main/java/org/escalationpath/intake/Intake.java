package org.escalationpath.intake;

import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.camunda.bpm.engine.RuntimeService;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.Cases;
import org.escalationpath.cases.CustomerCase;
import org.escalationpath.cases.Message;
import org.escalationpath.cases.NewCase;
import org.escalationpath.engine.Actor;
import org.escalationpath.engine.Commands;
import org.springframework.context.annotation.Lazy;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;

/** Opens cases. */
@Component
public class Intake {

  private final Cases cases;
  private final RuntimeService runtime;
  private final Commands commands;
  private final Actor actor;

  Intake(Cases cases, @Lazy RuntimeService runtime, Commands commands, Actor actor) {
    this.cases = cases;
    this.runtime = runtime;
    this.commands = commands;
    this.actor = actor;
  }

  /**
   * A case, and whether it was opened now.
   *
   * @param isNew false if a case with the same external id was there already
   */
  public record Opened(CustomerCase customerCase, boolean isNew) {}

  /** Opens a case and sends it on its path, up to the first task; the same external id twice opens one case. */
  public Opened open(NewCase newCase) {
    return open(newCase, number -> {});
  }

  /**
   * As the other.
   *
   * @param asWell what belongs to the opening: done in the same transaction before the case goes on its path, and only if it is new
   */
  public Opened open(NewCase newCase, Consumer<CaseNumber> asWell) {
    try {
      return find(newCase).orElseGet(() -> commands.run(() -> start(newCase, asWell)));
    } catch (DuplicateKeyException e) {
      // somebody opened it, or another case of the same new customer, at the same time;
      // PostgreSQL's
      // transaction is dead by now, so look and try again in another
      return find(newCase).orElseGet(() -> commands.run(() -> start(newCase, asWell)));
    }
  }

  /** The case with the same external id, if it has been opened before. */
  public Optional<Opened> find(NewCase newCase) {
    return Optional.ofNullable(newCase.externalId())
        .flatMap(cases::findByExternalId)
        .map(known -> new Opened(known, false));
  }

  /** The public form has nobody signed in: there the customer opens the case, or whoever says so. */
  private String opener(NewCase newCase) {
    return newCase.channel().equals(CaseForm.WEB)
        ? actor.person().orElse(Message.CUSTOMER)
        : actor.name();
  }

  private Opened start(NewCase newCase, Consumer<CaseNumber> asWell) {
    var number = cases.register(newCase, opener(newCase));
    var variables =
        new java.util.HashMap<String, Object>(Map.of(CaseNumber.VARIABLE.name(), number.value()));
    variables.put("reason", newCase.reason() == null ? null : newCase.reason().toString());
    asWell.accept(number);
    runtime.startProcessInstanceByKey("escalation-path", number.value(), variables);
    return new Opened(cases.require(number), true);
  }
}
