/** What the company learns from cases: debriefs, findings and improvement actions. */
@ApplicationModule(allowedDependencies = {"cases", "engine"})
@NullMarked
package org.escalationpath.improvement;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
