package org.escalationpath.workshop;

import org.escalationpath.engine.ModelInterface;
import org.escalationpath.engine.Variable;

/** What Java knows about {@code processes/procedure-change.bpmn}. */
@ModelInterface(
    process = ChangeModel.KEY,
    startsWith = {"changeId", "proposer"})
final class ChangeModel {

  static final String KEY = "procedure-change";
  static final String APPROVE = "userTask_approveChange";
  static final String READ = "userTask_readChange";
  static final String REVIEW = "userTask_reviewChange";

  static final Variable<String> CHANGE = Variable.text("changeId");
  static final Variable<String> PROPOSER = Variable.text("proposer");
  static final Variable<Boolean> MAY_BE_DEPLOYED = Variable.flag("mayBeDeployed");
  static final Variable<String> OUTCOME = Variable.text("outcome");
  static final Variable<String> NOTE = Variable.text("note");
  static final Variable<Integer> TIER_COUNT = Variable.number("tierCount");
  static final Variable<Integer> LOOP = Variable.number("loopCounter");

  private ChangeModel() {}
}
