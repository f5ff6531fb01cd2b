package org.escalationpath;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts the whole system: the embedded engine, its web apps, its REST API and our own pages. */
@SpringBootApplication
public class EscalationPath {

  public static void main(String[] args) {
    SpringApplication.run(EscalationPath.class, args);
  }
}
