/** How cases come in, and triage. */
@ApplicationModule(allowedDependencies = {"cases", "engine"})
@NullMarked
package org.escalationpath.intake;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
