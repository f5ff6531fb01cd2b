/** One sign-in for web apps, REST and pages: the engine's people and groups, and who may do what. */
@ApplicationModule(allowedDependencies = {"cases", "engine"})
@NullMarked
package org.escalationpath.security;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
