/** Does the path work? Facts of cases, computed once from what was committed, and the metrics that are made of them. It reads; no step depends on it. */
@ApplicationModule(allowedDependencies = {"calendar", "cases", "clocks", "engine", "survey"})
@NullMarked
package org.escalationpath.metrics;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
