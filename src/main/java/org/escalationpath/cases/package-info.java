/** The case: its customer, its conversation, its place on the path, and the ledger of what happened to it. */
@ApplicationModule(allowedDependencies = {"engine"})
@NullMarked
package org.escalationpath.cases;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
