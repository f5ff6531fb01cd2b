package org.escalationpath.desk;

import java.util.List;
import net.javacrumbs.shedlock.spring.annotation.SchedulerLock;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.Erasure;
import org.escalationpath.cases.Holds;
import org.escalationpath.engine.Commands;
import org.escalationpath.engine.Retention;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Erases a customer's personal data, and keeps what is on legal hold, in our tables and in the engine's. */
@Component
class DataProtection {

  private static final Logger log = LoggerFactory.getLogger(DataProtection.class);
  private static final String WHY = "personal data erased";

  private final Erasure erasure;
  private final Holds holds;
  private final Retention retention;
  private final Commands commands;

  DataProtection(Erasure erasure, Holds holds, Retention retention, Commands commands) {
    this.erasure = erasure;
    this.holds = holds;
    this.retention = retention;
    this.commands = commands;
  }

  /** As {@link Erasure#erase}, and ends what still runs about these cases. */
  int erase(String email, String why) {
    var numbers = commands.run(() -> {
      var erased = erasure.erase(email, why);
      retention.end(erased, WHY);
      return erased;
    });
    // the engine forgets only what has been written as ended
    commands.run(() -> retention.forgetDeliveries(numbers));
    return numbers.size();
  }

  void hold(CaseNumber number, String why) {
    commands.run(() -> {
      holds.place(number, why);
      retention.keep(List.of(number.value()));
    });
  }

  void lift(CaseNumber number, String why) {
    commands.run(() -> {
      holds.lift(number, why);
      retention.release(number.value());
    });
  }

  /** A process that ends gets a date on which it may be forgotten; those of cases on hold lose it before the nightly clean-up. */
  @Scheduled(cron = "${escalation.audit.keep:0 30 1 * * *}")
  @SchedulerLock(name = "holds", lockAtMostFor = "PT30M")
  void keepWhatIsHeld() {
    try {
      commands.run(
          () -> retention.keep(holds.held().stream().map(CaseNumber::value).toList()));
    } catch (RuntimeException e) {
      log.error("What is on legal hold could not be kept from tonight's clean-up", e);
    }
  }
}
