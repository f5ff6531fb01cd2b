/** Working time: weekly hours, holidays, time zones, and the arithmetic between instants and deadlines. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package org.escalationpath.calendar;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
