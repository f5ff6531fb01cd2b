/** The owners' workshop: the door that checks models before they are deployed, the palette of steps, and the comparison of versions. */
@ApplicationModule(allowedDependencies = {"calendar", "cases", "engine", "security"})
@NullMarked
package org.escalationpath.workshop;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
