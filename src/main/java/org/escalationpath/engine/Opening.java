package org.escalationpath.engine;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Runs what is to be done before the web server opens its port and the job executor looks for jobs. */
@Component
class Opening implements SmartLifecycle {

  private final ObjectProvider<BeforeOpening> preparations;
  private volatile boolean isDone;

  Opening(ObjectProvider<BeforeOpening> preparations) {
    this.preparations = preparations;
  }

  @Override
  public void start() {
    preparations.orderedStream().forEach(BeforeOpening::prepare);
    isDone = true;
  }

  /** Long before the web server, which is among the last. */
  @Override
  public int getPhase() {
    return 0;
  }

  @Override
  public void stop() {
    isDone = false;
  }

  @Override
  public boolean isRunning() {
    return isDone;
  }
}
