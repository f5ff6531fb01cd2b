/** The reader for auditors: seals and verification of what was recorded. It reads, and no step depends on it. */
@ApplicationModule(allowedDependencies = {"cases", "clocks", "engine", "notification"})
@NullMarked
package org.escalationpath.audit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
