/** Where people meet the system: the HTTP interface of cases, the pages for staff and customers, and Tasklist's filters. */
@ApplicationModule(
    allowedDependencies = {
      "audit",
      "auditor",
      "cases",
      "calendar",
      "clocks",
      "engine",
      "security",
      "intake",
      "escalation",
      "notification",
      "survey",
      "improvement",
      "workshop",
      "metrics",
      "imports",
      "review"
    })
@NullMarked
package org.escalationpath.desk;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
