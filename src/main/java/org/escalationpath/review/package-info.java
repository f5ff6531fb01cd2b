/** Whether the path works, looked at again and again: evidence for the process owner, and what is decided. */
@ApplicationModule(allowedDependencies = {"audit", "cases", "engine", "improvement", "metrics"})
@NullMarked
package org.escalationpath.review;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
