package org.escalationpath.engine;

/**
 * Something that is made or checked when the application starts, before anybody can reach it and before any job runs; in the order of
 * {@link org.springframework.core.annotation.Order}.
 */
public interface BeforeOpening {

  /** @throws RuntimeException if the application must not start */
  void prepare();
}
