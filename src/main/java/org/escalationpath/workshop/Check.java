package org.escalationpath.workshop;

import java.util.function.Consumer;

/** One kind of look at a drawn process. */
@FunctionalInterface
interface Check {

  void check(
      Drawing drawing, Library library, Surroundings surroundings, Consumer<Finding> findings);
}
