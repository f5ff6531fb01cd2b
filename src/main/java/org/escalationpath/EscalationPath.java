package org.escalationpath;

import java.util.TimeZone;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts the whole system: the embedded engine, its web apps, its REST API and our own pages. */
@SpringBootApplication
public class EscalationPath {

  public static void main(String[] args) {
    // the engine stores its dates without a zone; with another than UTC they would be an hour off
    // when clocks go back
    TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
    SpringApplication.run(EscalationPath.class, args);
  }
}
