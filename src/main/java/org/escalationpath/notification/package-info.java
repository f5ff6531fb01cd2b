/** Messages to people: templates, channels, delivery, and what to do when nothing gets through. */
@ApplicationModule(allowedDependencies = {"cases", "engine"})
@NullMarked
package org.escalationpath.notification;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
