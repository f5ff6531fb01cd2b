package org.escalationpath;

import java.time.Clock;
import java.util.Arrays;
import java.util.TimeZone;
import org.escalationpath.audit.ExportCheck;
import org.escalationpath.workshop.CheckCommand;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * Starts the whole system: the embedded engine, its web apps, its REST API and our own pages. With {@code verify export.json} it only
 * verifies an export, with {@code check processes/} it only checks models.
 */
@SpringBootApplication
public class EscalationPath {

  public static void main(String[] args) {
    if (args.length > 0 && args[0].equals("verify")) {
      var arguments = Arrays.asList(args).subList(1, args.length);
      System.exit(ExportCheck.run(arguments, System.out, Clock.systemUTC()));
    }
    if (args.length > 0 && args[0].equals("check")) {
      System.exit(CheckCommand.run(Arrays.asList(args).subList(1, args.length), System.out));
    }
    // the engine stores its dates without a zone; with another than UTC they would be an hour off
    // when clocks go back
    TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
    SpringApplication.run(EscalationPath.class, args);
  }
}
