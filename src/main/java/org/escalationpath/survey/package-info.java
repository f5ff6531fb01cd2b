/** Follow-up surveys: whether, when and how we ask, what customers answer, and the call-back after a bad rating. */
@ApplicationModule(allowedDependencies = {"cases", "engine"})
@NullMarked
package org.escalationpath.survey;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
