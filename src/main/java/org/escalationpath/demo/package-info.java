/** The demo's cases: stories of the last weeks, told through the real process before the first start is over. Never in production. */
@ApplicationModule(
    allowedDependencies = {
      "audit",
      "calendar",
      "cases",
      "desk",
      "engine",
      "escalation",
      "intake",
      "notification",
      "security",
      "survey"
    })
@NullMarked
package org.escalationpath.demo;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
