package org.escalationpath.improvement;

import java.time.Duration;
import java.time.Instant;
import org.escalationpath.engine.ModelInterface;
import org.escalationpath.engine.Variable;

/** What Java knows about {@code processes/internal-debrief.bpmn}. */
@ModelInterface(process = DebriefModel.KEY, startsWith = "caseNumber")
final class DebriefModel {

  static final String KEY = "internal-debrief";

  /** As many improvement actions as the form has room for. */
  static final int MOST_ACTIONS = 3;

  static final Variable<Integer> CLIMBED = Variable.number("climbed");
  static final Variable<Boolean> REOPENED = Variable.flag("reopened");
  static final Variable<Boolean> BREACHED = Variable.flag("breached");
  static final Variable<Integer> RATING = Variable.number("rating");
  static final Variable<Boolean> DEBRIEF = Variable.flag("debrief");
  static final Variable<String> WHY = Variable.text("why");
  static final Variable<Duration> WITHIN = Variable.text("debriefWithin", Duration::parse);
  static final Variable<String> DEBRIEF_ID = Variable.text("debriefId");
  static final Variable<String> GROUP = Variable.text("debriefGroup");
  static final Variable<Instant> UNTIL = Variable.moment("debriefUntil");
  static final Variable<Integer> ACTION_COUNT = Variable.number("actionCount");
  static final Variable<Integer> LOOP = Variable.number("loopCounter");
  static final Variable<String> THEME = Variable.text("theme");
  static final Variable<String> AVOIDABLE = Variable.text("avoidable");
  static final Variable<String> WHAT_HAPPENED = Variable.text("whatHappened");
  static final Variable<String> WHAT_TO_CHANGE = Variable.text("whatToChange");
  static final Variable<String> OUTCOME = Variable.text("outcome");
  static final Variable<String> REALISED_BY = Variable.text("realisedBy");
  static final Variable<String> NOTE = Variable.text("note");

  private DebriefModel() {}
}
