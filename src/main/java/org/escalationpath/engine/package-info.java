/** Speaking to Camunda: how the engine is set up and guarded, its tables, its clock, and typed process variables. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package org.escalationpath.engine;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
