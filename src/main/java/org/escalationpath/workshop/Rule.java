package org.escalationpath.workshop;

import static org.escalationpath.workshop.Severity.ERROR;
import static org.escalationpath.workshop.Severity.WARNING;

import java.util.Locale;

/**
 * What a model is held to, in the words of its owner: what is wrong (a sentence that goes on from the element's name), why that
 * matters, and what to do. An error keeps the model from being deployed, a warning does not. Listed in {@code docs/rules.md}.
 */
public enum Rule {

  // what the engine needs

  UNREADABLE(
      ERROR,
      Topic.ENGINE,
      "cannot be read: %s",
      "Nothing of it can be used.",
      "Open the file in Camunda Modeler, mend it there and save it again."),
  TOO_LARGE_A_FILE(
      ERROR,
      Topic.ENGINE,
      "has %s bytes; the most is %s",
      "Models of this size are attacks or mistakes.",
      "Split the process into called processes."),
  UNKNOWN_FILE(
      ERROR,
      Topic.ENGINE,
      "is no BPMN, DMN or form file",
      "It would lie in the database and do nothing.",
      "Deploy files that end in .bpmn, .dmn or .form."),
  ENGINE_REFUSES(
      ERROR,
      Topic.ENGINE,
      "is refused by the engine: %s",
      "It cannot run.",
      "Mend what the engine names."),
  UNSUPPORTED_ELEMENT(
      ERROR,
      Topic.ENGINE,
      "is of the kind %s, which is not run here",
      "The engine would skip it, refuse it, or run it in a way that cannot be checked.",
      "Use tasks, events, gateways and sub-processes from the list in docs/owner.md."),
  NOT_EXECUTABLE(
      ERROR,
      Topic.ENGINE,
      "is not marked as executable",
      "The engine would take the file and never run it.",
      "Click on the empty canvas (or the pool) in the Modeler and tick 'Executable'."),
  SEVERAL_PROCESSES(
      WARNING,
      Topic.ENGINE,
      "has %s processes",
      "Versions, comparison and migration go by the file.",
      "Keep one process in a file."),
  FILE_NAME(
      WARNING,
      Topic.ENGINE,
      "holds '%s', so its name should be %s",
      "Files are found again by their name.",
      "Rename the file."),
  NO_TIME_TO_LIVE(
      ERROR,
      Topic.ENGINE,
      "does not say how long its history is kept",
      "The engine refuses it.",
      "Set 'Time to live' in the properties, for instance P3650D."),
  UNKNOWN_STEP(
      ERROR,
      Topic.ENGINE,
      "calls '%s', and no step has that name",
      "It would end in an incident, and the case would stand still.",
      "Choose a step from the palette; docs/steps.md lists them."),
  UNKNOWN_TOPIC(
      ERROR,
      Topic.ENGINE,
      "waits for somebody to work on the topic '%s', and nobody does",
      "The case would stand still there.",
      "Use a step, or the topic 'deliver'."),
  NO_IMPLEMENTATION(
      ERROR,
      Topic.ENGINE,
      "does not say what it does",
      "The engine cannot run it.",
      "Choose a step from the palette ('Select' under 'Template')."),
  UNKNOWN_FORM(
      ERROR,
      Topic.ENGINE,
      "shows the form '%s', which is neither here nor deployed",
      "Whoever opens the task would see an error instead of a form.",
      "Deploy %s.form together with the model."),
  UNKNOWN_GROUP(
      ERROR,
      Topic.ENGINE,
      "is for the group '%s', which does not exist",
      "Nobody would see the task.",
      "Use one of %2$s, or make the group first."),
  NOBODY_TO_DO_IT(
      ERROR,
      Topic.ENGINE,
      "is for nobody",
      "Nobody would see the task.",
      "Set candidate groups, or a listener that assigns it."),
  UNKNOWN_TEMPLATE(
      ERROR,
      Topic.ENGINE,
      "sends the message '%s', and there is no text of that name",
      "It would end in an incident, and the case would stand still.",
      "Write %1$s.subject and %1$s.body into notifications.properties, or use another name."),
  UNKNOWN_DECISION(
      ERROR,
      Topic.ENGINE,
      "asks the decision '%s', which is neither here nor deployed",
      "It would end in an incident, and the case would stand still.",
      "Deploy %s.dmn together with the model."),
  UNKNOWN_RESULT(
      ERROR,
      Topic.ENGINE,
      "reads '%s' of the decision '%s', which has no such output",
      "The variable would be empty, or the case would stand still.",
      "Use one of its outputs: %3$s."),
  UNKNOWN_PROCESS(
      ERROR,
      Topic.ENGINE,
      "calls the process '%s', which is neither here nor deployed",
      "It would end in an incident, and the case would stand still.",
      "Deploy %s.bpmn together with the model."),
  UNKNOWN_MESSAGE(
      ERROR,
      Topic.ENGINE,
      "waits for the message '%s', which nobody sends",
      "It would wait for ever.",
      "Use one of %2$s."),
  NOT_BOUND_TO_LATEST(
      ERROR,
      Topic.ENGINE,
      "is bound to '%s' instead of the latest version of '%s'",
      "Deployed alone, the model would not find it.",
      "Choose the binding 'latest'."),
  ASYNC_WITHOUT_RETRY(
      WARNING,
      Topic.ENGINE,
      "is asynchronous and does not say how often it is tried again",
      "After a failure it would be tried by the engine's setting, which you do not see in the model.",
      "Set 'Retry time cycle' in the properties, for instance R5/PT5M."),
  UNREADABLE_TIMER(
      ERROR,
      Topic.ENGINE,
      "has the time '%s', which is neither ISO 8601 nor a cron expression nor the name of a date",
      "The timer cannot be set, and the case would stand still.",
      "Write a duration like PT4H, the name of a date like ${tierLimitAt}, or how often a process begins, like 0 0 7 1 * ? for the first of each month."),
  TOO_FREQUENT(
      ERROR,
      Topic.ENGINE,
      "rings every %s",
      "It would keep the engine busy with nothing else.",
      "Let it ring once a minute at most."),
  TOO_MANY(
      ERROR,
      Topic.ENGINE,
      "is repeated %s times",
      "It would keep the engine busy with nothing else.",
      "Repeat it at most 100 times."),
  UNREADABLE_RETRIES(
      ERROR,
      Topic.ENGINE,
      "is tried again '%s'",
      "The engine could not read that, or would be busy with nothing else.",
      "Write at most 20 times with a pause, like R5/PT5M, or pauses with commas, like PT1M,PT10M,PT1H."),
  GENERATED_ID(
      WARNING,
      Topic.ENGINE,
      "has the id '%s', which the Modeler made up",
      "Running cases, reports and comparisons hang on ids; such a one tells nobody what it is.",
      "Choose an id that says what it is, for instance %2$s, before the first case runs through it."),
  VANISHED_ID(
      WARNING,
      Topic.ENGINE,
      "stood in the version before and is gone",
      "Cases that wait there cannot be moved over without saying where to, and reports lose it.",
      "If it is the same element under another id, give it its old id back."),
  UNNAMED_TASK(
      ERROR,
      Topic.ENGINE,
      "has no name",
      "People would see an empty line in their task list.",
      "Write on it what is to be done."),
  UNNAMED(
      WARNING,
      Topic.ENGINE,
      "has no name",
      "Nobody can read from the picture what happens there.",
      "Write on it what happens, or what is asked."),
  VARIABLE_NEVER_SET(
      ERROR,
      Topic.ENGINE,
      "reads '%s', which nothing in this model sets",
      "It would end in an incident, and the case would stand still.",
      "Correct its name, or set it before: by a step, a form, a decision or an output."),
  INPUT_MISSING(
      ERROR,
      Topic.ENGINE,
      "has no input '%s' (%s)",
      "The step would not know what to do, and the case would stand still.",
      "Fill it in under 'Inputs', or choose the step's template, which asks for it."),
  NO_SUCH_CHOICE(
      ERROR,
      Topic.ENGINE,
      "has '%s' as '%s', which the step does not know",
      "It would end in an incident, and the case would stand still.",
      "Use one of %3$s."),
  GATEWAY_WITHOUT_DEFAULT(
      ERROR,
      Topic.ENGINE,
      "has no default flow",
      "A case for which no answer is true would stand still there.",
      "Make one of its flows the default."),
  FLOW_WITHOUT_CONDITION(
      ERROR,
      Topic.ENGINE,
      "has the flow '%s' without a condition, which is not the default",
      "The engine could not tell which way to go.",
      "Write a condition on it, or make it the default."),
  IMPLICIT_END(
      WARNING,
      Topic.ENGINE,
      "leads nowhere and is no end event",
      "Nobody can tell from the picture whether that is meant.",
      "Draw an end event behind it that says what has come about."),
  IMPLICIT_SPLIT(
      WARNING,
      Topic.ENGINE,
      "has several ways out, which are all gone at once",
      "Most readers take that for a choice.",
      "Draw a parallel gateway behind it, or an exclusive one if it is a choice."),
  DUPLICATE_FLOW(
      WARNING,
      Topic.ENGINE,
      "has two flows to '%s'",
      "One of them does nothing, or everything behind it happens twice.",
      "Delete one of them."),
  LINK_WITHOUT_TARGET(
      ERROR,
      Topic.ENGINE,
      "leads to the link '%s', which does not exist",
      "The case would end there silently.",
      "Draw a catching link event of that name, or a flow."),
  SEVERAL_DEFINITIONS(
      ERROR,
      Topic.ENGINE,
      "waits for several things at once",
      "The engine looks at one of them only.",
      "Draw an event-based gateway with an event for each."),
  CAUGHT_NOWHERE(
      ERROR,
      Topic.ENGINE,
      "throws '%s', and nothing around it catches that",
      "The engine would end this way silently.",
      "Draw a boundary event or an event sub-process that catches it."),
  NOT_DRAWN(
      WARNING,
      Topic.ENGINE,
      "is in the file and not in the picture",
      "Nobody sees it, and Cockpit cannot show where a case stands.",
      "Draw it, or delete it from the file."),

  // what makes an escalation path

  NO_HUB(
      ERROR,
      Topic.PATH,
      "has no step 'Hand over'",
      "No move would be written down, and the customer would not hear of it.",
      "Draw the step 'Hand over' before the tiers."),
  TIER_WITHOUT_TASK(
      ERROR,
      Topic.PATH,
      "has no task for the tier '%s'",
      "A case handed over to that tier would land with somebody else.",
      "Draw a user task with the candidate group '%s' and a flow to it from 'Whose turn?', or take the tier out of the table tiers."),
  WRONG_TURN(
      ERROR,
      Topic.PATH,
      "is for another tier: when it is the turn of '%s', a case reaches '%s'",
      "A case handed over to that tier would land with somebody else.",
      "Look at the conditions of 'Whose turn?', and at the candidate groups of the tasks behind it."),
  TIER_WITHOUT_REMINDER(
      ERROR,
      Topic.PATH,
      "has no reminder",
      "Nobody would be warned before the time is up.",
      "Draw a non-interrupting timer on it with the date ${tierReminderAt}, and the step 'Remind tier' behind it."),
  TIER_WITHOUT_LIMIT(
      ERROR,
      Topic.PATH,
      "has no time limit",
      "A case that nobody touches would stay there for ever.",
      "Draw an interrupting timer on it with the date ${tierLimitAt} that leads to the hub."),
  LITERAL_LIMIT(
      ERROR,
      Topic.PATH,
      "counts '%s' by the clock on the wall",
      "Nights, weekends, pauses and the priority would not count.",
      "Use the date ${tierLimitAt} for the limit or ${tierReminderAt} for a reminder; how long they are is in the table service-levels."),
  TIER_WITHOUT_WAY_UP(
      ERROR,
      Topic.PATH,
      "does not lead to the next tier '%s' when %s, but to %s",
      "A case that cannot be solved there would not climb.",
      "Lead it to 'Hand over' with the outcome 'escalate'."),
  LAST_TIER_WITHOUT_ALARM(
      ERROR,
      Topic.PATH,
      "is the last tier and raises no alarm when its time is up",
      "A case could stay there for ever without anybody hearing of it.",
      "Draw a non-interrupting timer with the date ${tierLimitAt} and the step 'Raise alarm' behind it."),
  LIMIT_COMES_BACK(
      ERROR,
      Topic.PATH,
      "can be reached again by time limits alone: %s",
      "A case that nobody touches would go round for ever.",
      "Let time limits lead to higher tiers only; at the last tier ring instead."),
  TIER_WITHOUT_RESOLUTION(
      ERROR,
      Topic.PATH,
      "does not lead to 'Propose solution' when the outcome is 'resolve', but to %s",
      "A solved case would not be closed.",
      "Lead the answer 'resolve' of 'Outcome?' to the solution."),
  CUSTOMER_NOT_TOLD(
      ERROR,
      Topic.PATH,
      "is reached from '%s' and the customer does not hear of it",
      "Customers are told at each hop; that is what the path promises.",
      "Draw the step 'Notify customer' between 'Hand over' and the task."),
  REASON_NOT_SET(
      ERROR,
      Topic.PATH,
      "moves the case up without a reason",
      "Nobody could say afterwards why it climbed.",
      "Set the outputs outcome = escalate, trigger = timer and reason = time-sensitivity on the way."),
  REJECTION_LEADS_NOWHERE(
      ERROR,
      Topic.PATH,
      "does not wait for the message 'solutionRejected' after a solution was proposed",
      "A customer could not say that it does not help.",
      "Draw the event 'Solution rejected' behind the proposal."),
  NO_SURVEY(
      WARNING,
      Topic.PATH,
      "never starts the follow-up survey",
      "Nobody would learn how it went for the customer.",
      "Draw the step 'Start survey' before the end."),
  NO_DEBRIEF(
      WARNING,
      Topic.PATH,
      "never starts the internal debrief",
      "Nobody would learn from the case.",
      "Draw the step 'Start debrief' before the end."),
  TIER_WITHOUT_BRIEF(
      ERROR,
      Topic.PATH,
      "has no listener '%s' for '%s'",
      "%3$s",
      "Copy an existing tier's task, or add a task listener: event '%2$s', delegate expression ${%1$s}."),
  TIER_WITHOUT_DUE_DATE(
      WARNING,
      Topic.PATH,
      "has no due date ${tierLimitAt}",
      "Tasklist could not sort it by what is due.",
      "Set the due date to ${tierLimitAt}."),

  // soundness

  DEAD_ELEMENT(
      ERROR,
      Topic.SOUNDNESS,
      "can never be reached",
      "It looks as if it happened, and never does.",
      "Connect it, or delete it."),
  CANNOT_END(
      ERROR,
      Topic.SOUNDNESS,
      "can never end from here: %s",
      "The case would stay open for ever.",
      "Give it a way to an end; mind gateways that wait for a token that cannot come."),
  WAITS_FOREVER(
      ERROR,
      Topic.SOUNDNESS,
      "waits only for a message, and nothing else can end the wait: %s",
      "If the message does not come, the case stands still and nobody hears of it.",
      "Add a timer, or a person who can go on."),
  TWICE_AT_ONCE(
      ERROR,
      Topic.SOUNDNESS,
      "can be active twice at the same time: %s",
      "A token is left behind: people would get the same task twice, or the path would go on after its end.",
      "Join the ways with a parallel gateway before it, or use an exclusive gateway where they part."),
  NEVER_WAITS(
      ERROR,
      Topic.SOUNDNESS,
      "can go round without waiting for anybody or anything: %s",
      "The engine would never come to an end with it.",
      "Draw a task or a timer into the round."),
  TOO_MANY_STATES(
      WARNING,
      Topic.SOUNDNESS,
      "has more states than can be looked at; %s were",
      "Beyond them nobody has looked whether every case can end.",
      "Split it into called processes, or do less side by side."),

  // safety

  FOREIGN_CODE(
      ERROR,
      Topic.SAFETY,
      "uses %s",
      "Models run no code but the published steps.",
      "Choose a step from the palette instead."),
  FOREIGN_PAGE(
      ERROR,
      Topic.SAFETY,
      "shows a web page as its form (%s)",
      "Such a page runs with the rights of whoever opens it.",
      "Use a Camunda Form (formRef)."),
  FORBIDDEN_EXPRESSION(
      ERROR,
      Topic.SAFETY,
      "has the expression '%s', which %s",
      "Expressions may name variables and steps, compare them, and read the result of a decision; nothing else.",
      "Write it as a comparison of variables, or ask for a step that does it."),
  UNKNOWN_SETTING(
      ERROR,
      Topic.SAFETY,
      "has the setting %s, which is not allowed here",
      "What is not known cannot be checked.",
      "Take it away."),

  // decisions

  DECISION_GAP(
      ERROR,
      Topic.DECISION,
      "has no rule for %s",
      "The decision would have no result, and the case would stand still.",
      "Add a rule for it, or a last rule with empty cells for all else."),
  TOO_LARGE_A_TABLE(
      ERROR,
      Topic.DECISION,
      "has %s rules; the most is %s",
      "Nobody can look through so many, and neither can the door.",
      "Split the table."),
  DECISION_OVERLAP(
      ERROR,
      Topic.DECISION,
      "has the rules %s, which both apply to %s, and its hit policy is %s",
      "The engine refuses a result that is not single.",
      "Make them exclude each other, or use the hit policy 'First'."),
  RULE_NEVER_APPLIES(
      WARNING,
      Topic.DECISION,
      "has the rule %s, which never applies because earlier rules always do",
      "It looks as if it counted, and never does.",
      "Move it up, or delete it."),
  UNREADABLE_CELL(
      ERROR,
      Topic.DECISION,
      "has '%s' in %s, which cannot be read: %s",
      "The decision would fail, and the case would stand still.",
      "Write FEEL: \"high\", \"high\",\"urgent\", < 8, [1..5], true, or nothing."),
  CELL_NOT_COMPUTED(
      WARNING,
      Topic.DECISION,
      "has '%s' in %s, which is too general to be computed",
      "Whether there are gaps or overlaps was looked at without that rule.",
      "If you can, write it with texts, numbers or ranges."),
  FOREIGN_LANGUAGE(
      ERROR,
      Topic.DECISION,
      "has the expression language '%s' in %s",
      "Only FEEL is run: other languages could reach the machine.",
      "Choose FEEL."),
  UNKNOWN_INPUT(
      ERROR,
      Topic.DECISION,
      "asks for '%s', which is not set where the decision is asked",
      "The decision would fail, and the case would stand still.",
      "Use one of %2$s."),
  LIMIT_MISSING(
      ERROR,
      Topic.DECISION,
      "has no limit for a case of priority '%s' at the tier '%s'",
      "The tier could not start its clock, and the case would stand still.",
      "Add a rule for it."),
  LIMIT_NOT_SENSIBLE(
      WARNING,
      Topic.DECISION,
      "gives a case of priority '%s' at the tier '%s' %s, and one of priority '%s' %s",
      "The more urgent case would have more time.",
      "Look whether the two limits were mixed up."),
  DURATION_UNREADABLE(
      ERROR,
      Topic.DECISION,
      "has '%s' as %s in rule %s, which is no duration",
      "The clock could not start, and the case would stand still.",
      "Write a duration like PT4H or P5D; for reminders also 75%% or several with commas."),
  REMINDER_AFTER_LIMIT(
      WARNING,
      Topic.DECISION,
      "reminds %s before the end of a limit of %s in rule %s",
      "The reminder would be due before the clock starts.",
      "Make the reminder shorter than the limit."),
  TOO_MANY_REMINDERS(
      ERROR,
      Topic.DECISION,
      "has %s reminders in rule %s; the most is %s",
      "The clock could not start, and the case would stand still.",
      "Take some away."),
  UNKNOWN_CALENDAR(
      ERROR,
      Topic.DECISION,
      "counts by the calendar '%s' in rule %s, which does not exist",
      "The clock could not start, and the case would stand still.",
      "Use one of %3$s, or make it on the page Calendars first."),
  UNKNOWN_TIER(
      ERROR,
      Topic.DECISION,
      "has '%s' in rule %s, which is no tier",
      "A case would be handed over to nobody.",
      "Use one of %3$s."),
  NO_TIERS(
      ERROR,
      Topic.DECISION,
      "has no tiers, or the same twice: %s",
      "The path needs at least one, each once.",
      "Write each tier once, the lowest first."),

  // forms

  UNSUPPORTED_COMPONENT(
      ERROR,
      Topic.FORM,
      "is of the kind '%s', which Tasklist cannot show or we do not allow",
      "The form would not open, or could run code.",
      "Use text, text field, text area, number, date, checkbox, radio, select, checklist, tag list or group."),
  FORM_OF_ANOTHER_VERSION(
      ERROR,
      Topic.FORM,
      "was made for version %s of forms; the newest that can be shown is %s",
      "Tasklist could not show it.",
      "Choose Camunda 7.24 as the platform of the form in the Modeler."),
  DUPLICATE_KEY(
      ERROR,
      Topic.FORM,
      "has the key '%s' twice",
      "One answer would overwrite the other.",
      "Give each field a key of its own."),
  ANSWER_UNUSED(
      WARNING,
      Topic.FORM,
      "writes the answer '%s', which no step, gateway or decision reads",
      "People would be asked for something that goes nowhere.",
      "Correct the key, or use the answer."),
  TEXT_UNKNOWN(
      WARNING,
      Topic.FORM,
      "shows '%s', which nothing sets",
      "People would see an empty field.",
      "Correct the key."),
  REMARK_MISSING(
      WARNING,
      Topic.FORM,
      "has no field '%s'",
      "Whoever does the step could not say that it does not fit.",
      "Add a text area with this key at its end, and a checkbox with the key 'anonymously'."),
  OUTCOME_MISSING(
      ERROR,
      Topic.FORM,
      "cannot be answered with '%s'",
      "%2$s",
      "Add the value '%s' to the field 'outcome'."),
  ANSWER_NOT_REQUIRED(
      ERROR,
      Topic.FORM,
      "does not require '%s' %s",
      "The step behind it needs it and would refuse.",
      "Add the field, make it required, and hide it where it is not asked."),
  UNKNOWN_OUTCOME(
      WARNING,
      Topic.FORM,
      "offers the outcome '%s', which the path does not know",
      "It would be taken as an escalation.",
      "Use resolve, escalate or return.");

  /** What a rule is about. */
  public enum Topic {
    ENGINE("What the engine needs"),
    PATH("What makes an escalation path"),
    SOUNDNESS("Whether every case can end"),
    SAFETY("Models run no foreign code"),
    DECISION("Decision tables"),
    FORM("Forms");

    private final String title;

    Topic(String title) {
      this.title = title;
    }

    public String title() {
      return title;
    }
  }

  private final Severity severity;
  private final Topic topic;
  private final String what;
  private final String why;
  private final String remedy;

  Rule(Severity severity, Topic topic, String what, String why, String remedy) {
    this.severity = severity;
    this.topic = topic;
    this.what = what;
    this.why = why;
    this.remedy = remedy;
  }

  /** {@code tier-without-limit}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public Severity severity() {
    return severity;
  }

  public Topic topic() {
    return topic;
  }

  String what(Object... facts) {
    return what.formatted(facts);
  }

  String why(Object... facts) {
    return why.formatted(facts);
  }

  String remedy(Object... facts) {
    return remedy.formatted(facts);
  }
}
