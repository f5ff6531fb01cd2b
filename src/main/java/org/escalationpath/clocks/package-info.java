/** The clocks of a case: how long each may run, what it has used, and the instant at which its limit passes. */
@ApplicationModule(allowedDependencies = {"cases", "calendar", "engine"})
@NullMarked
package org.escalationpath.clocks;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
