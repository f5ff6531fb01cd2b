package org.escalationpath.survey;

import java.time.Instant;
import java.time.Period;
import org.escalationpath.engine.ModelInterface;
import org.escalationpath.engine.Variable;

/** What Java knows about {@code processes/nps-round.bpmn}. */
@ModelInterface(process = NpsRoundModel.KEY)
final class NpsRoundModel {

  static final String KEY = "nps-round";

  static final Variable<Period> LOOK_BACK = Variable.text("lookBack", Period::parse);
  static final Variable<Integer> AT_ONCE = Variable.text("atOnce", Integer::valueOf);
  static final Variable<Instant> ROUND_BEGAN_AT = Variable.moment("roundBeganAt");
  static final Variable<Boolean> CUSTOMERS_LEFT = Variable.flag("customersLeft");

  private NpsRoundModel() {}
}
