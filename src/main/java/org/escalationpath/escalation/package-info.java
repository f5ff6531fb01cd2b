/** The path: tiers, hand-over, waiting, solution, and the ends of a case. */
@ApplicationModule(allowedDependencies = {"cases", "clocks", "engine"})
@NullMarked
package org.escalationpath.escalation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
