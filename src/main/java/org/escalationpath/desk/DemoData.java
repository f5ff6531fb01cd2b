package org.escalationpath.desk;

/** The cases that came with the demo, as far as pages need to know of them. There are none where there is no such bean. */
public interface DemoData {

  /** How many of the demo's cases there are. */
  int count();

  /** Takes them away, with everything that is known of them. */
  void remove();
}
