/** Past cases of other systems, brought in from their logs as history, so that numbers have a past from the first day. */
@ApplicationModule(allowedDependencies = {"cases", "engine", "metrics"})
@NullMarked
package org.escalationpath.imports;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
