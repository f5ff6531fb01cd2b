package org.escalationpath.demo;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.Cases;
import org.escalationpath.cases.CustomerCase;
import org.escalationpath.cases.Message;
import org.escalationpath.cases.Priority;
import org.escalationpath.cases.Reason;
import org.escalationpath.cases.Tier;
import org.escalationpath.desk.CaseDesk;
import org.escalationpath.engine.PastTime;
import org.escalationpath.escalation.EscalationProcess;
import org.escalationpath.intake.CaseForm;
import org.escalationpath.intake.Intake;
import org.escalationpath.survey.Answer;
import org.escalationpath.survey.SurveyAnswers;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What people do in the stories, by its name there. */
@Component
class Deeds {

  private final Intake intake;
  private final Cases cases;
  private final CaseDesk desk;
  private final EscalationProcess escalation;
  private final SurveyAnswers surveys;
  private final PastTime past;

  Deeds(
      Intake intake,
      Cases cases,
      CaseDesk desk,
      EscalationProcess escalation,
      SurveyAnswers surveys,
      PastTime past) {
    this.intake = intake;
    this.cases = cases;
    this.desk = desk;
    this.escalation = escalation;
    this.surveys = surveys;
    this.past = past;
  }

  CaseNumber open(Story story, String externalId, Story.Event event) {
    var fields = new HashMap<String, Object>(story.opening());
    var customer = story.opening().get("customer").split(" <|>");
    fields.put("customerName", customer[0]);
    fields.put("customerEmail", customer[1]);
    fields.put("channel", event.how(0, CaseForm.WEB));
    fields.put("externalId", externalId);
    var number = intake.open(CaseForm.read(fields)).customerCase().number();
    if (event.minutesAgo() == null) {
      // whoever opened it before today has used the link in the mail since
      cases.confirm(number);
    }
    return number;
  }

  void happen(CaseNumber number, Story.Event event) {
    switch (event.what()) {
      case "claims" -> past.claim(number.value(), event.who());
      case "replies" -> desk.agentReplies(number, event.text(), false);
      case "asks" -> desk.agentReplies(number, event.text(), true);
      case "notes" -> desk.agentNotes(number, event.text());
      case "waits-for-third-party" -> escalation.waitForThirdParty(seen(number), event.text());
      case "hears-from-third-party" -> escalation.thirdPartyAnswered(number, event.text());
      case "returns" -> escalation.returnDown(seen(number), event.text(), tier(event, 0));
      case "resolves" -> escalation.resolve(seen(number), event.text());
      case "sets-priority" ->
        escalation.changePriority(number, Priority.of(event.how(0, "")), event.text());
      case "calls-back" ->
        complete(
            number,
            event,
            "userTask_callCustomerBack",
            Map.of("outcome", event.how(0, "settled"), "note", event.text()));
      case "debriefs" -> debrief(number, event);
      case "improves" ->
        complete(
            number,
            event,
            "userTask_improve",
            Map.of("outcome", event.how(0, "done"), "note", event.text()));
      case "escalates" -> escalate(number, event);
      default -> customerDoes(number, event);
    }
  }

  private void escalate(CaseNumber number, Story.Event event) {
    if (event.who().equals(Message.CUSTOMER)) {
      escalation.customerEscalates(
          number, Reason.CUSTOMER_REQUEST, event.text(), null, Message.CUSTOMER);
    } else {
      escalation.escalate(seen(number), Reason.of(event.how(0, "")), event.text(), tier(event, 1));
    }
  }

  private void customerDoes(CaseNumber number, Story.Event event) {
    switch (event.what()) {
      case "writes" -> desk.customerWrites(number, event.text());
      case "accepts" -> escalation.accept(number, Message.CUSTOMER);
      case "rejects" -> escalation.reject(number, event.text(), null, Message.CUSTOMER);
      case "withdraws" -> escalation.withdraw(number, event.text(), Message.CUSTOMER);
      case "reopens" -> escalation.reopen(number, event.text(), null, Message.CUSTOMER);
      case "rates" -> rate(number, event);
      default ->
        throw new IllegalArgumentException("Nobody can do '%s' in a story".formatted(event.what()));
    }
    cases.confirm(number);
  }

  private void rate(CaseNumber number, Story.Event event) {
    var all = surveys.of(number);
    var csat = Integer.parseInt(event.how(0, "5"));
    var ces = Integer.valueOf(event.how(1, "6"));
    // who is content had to ask less often
    var contacts = Math.max(1, Answer.MOST_CONTACTS + 1 - csat);
    surveys.answer(
        all.get(all.size() - 1).id(),
        new Answer(csat, ces, !event.how().contains("unsolved"), contacts, event.text()));
  }

  private void debrief(CaseNumber number, Story.Event event) {
    var texts = List.of(event.text().split(" \\| "));
    var answers = new HashMap<String, Object>();
    answers.put("theme", event.how(0, "process"));
    answers.put("avoidable", event.how(1, "no"));
    answers.put("whatHappened", texts.get(0));
    if (texts.size() > 1) {
      answers.put("action1", texts.get(1));
      answers.put("owner1", "owner");
      answers.put("due1", texts.get(2));
    }
    complete(number, event, "userTask_holdDebrief", answers);
  }

  private void complete(
      CaseNumber number, Story.Event event, String task, Map<String, Object> answers) {
    past.complete(number.value(), task, event.who(), answers);
  }

  private CustomerCase seen(CaseNumber number) {
    return cases.require(number);
  }

  private static @Nullable Tier tier(Story.Event event, int position) {
    var group = event.how(position, "");
    return group.isEmpty() ? null : Tier.of(group);
  }
}
