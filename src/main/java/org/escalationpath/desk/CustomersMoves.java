package org.escalationpath.desk;

import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.Reason;
import org.escalationpath.escalation.EscalationProcess;

/** What a customer can do with a case, by its name in forms: the same on the status page and told on the phone. */
final class CustomersMoves {

  private CustomersMoves() {}

  /** @throws IllegalArgumentException if there is no such move */
  static void make(
      EscalationProcess escalation, CaseNumber number, String move, String why, String mover) {
    switch (move) {
      case "escalate" ->
        escalation.customerEscalates(number, Reason.CUSTOMER_REQUEST, why, null, mover);
      case "accept" -> escalation.accept(number, mover);
      case "reject" -> escalation.reject(number, why, null, mover);
      case "withdraw" -> escalation.withdraw(number, why, mover);
      case "reopen" -> escalation.reopen(number, why, null, mover);
      default ->
        throw new IllegalArgumentException(
            "'move' must be escalate, accept, reject, withdraw or reopen");
    }
  }
}
