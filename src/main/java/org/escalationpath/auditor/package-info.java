/** The escalation auditor: checks on its own that each open case waits where it should and that its next deadline is armed. */
@ApplicationModule(allowedDependencies = {"cases", "clocks", "engine", "escalation"})
@NullMarked
package org.escalationpath.auditor;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
