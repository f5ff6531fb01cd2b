package org.escalationpath;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The application as a process of its own, which can be killed without warning. */
final class ChildApplication {

  private final int port = freePort();
  private final String heap;
  private final File log;
  private Process process;

  ChildApplication() {
    this("700m");
  }

  /** @param heap as much memory as it may use, {@code 300m} */
  ChildApplication(String heap) {
    this.heap = heap;
    try {
      Files.createDirectories(Path.of("target"));
      log = File.createTempFile("child-application-", ".log", new File("target"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return port;
  }

  void start(String databaseUrl, String... settings) {
    var command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx" + heap,
        "-cp",
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
        EscalationPath.class.getName(),
        "--server.port=" + port,
        "--escalation.security.bcrypt-strength=4",
        "--escalation.demo.cases=false",
        "--spring.datasource.url=" + databaseUrl,
        "--spring.datasource.username=" + TestDatabase.user()));
    Collections.addAll(command, settings);
    try {
      process = new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void awaitReady() {
    awaitReady("agent", "demo");
  }

  /** Waits until this person can sign in. */
  void awaitReady(String person, String password) {
    await()
        .atMost(Duration.ofSeconds(120))
        .pollInterval(Duration.ofSeconds(1))
        .ignoreExceptions()
        .until(() -> Http.as(port, person, password).get("/api/cases?size=1").statusCode() == 200);
  }

  /** Waits until the process has ended by itself, and returns all it said. */
  String awaitEnd() {
    try {
      if (!process.waitFor(120, TimeUnit.SECONDS)) {
        throw new IllegalStateException("The application did not end");
      }
      return output();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  String output() {
    try {
      return Files.readString(log.toPath());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As {@code kill -9} does; returns when the process is gone. */
  void kill() {
    if (process != null) {
      process.destroyForcibly().onExit().join();
    }
  }

  static int freePort() {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
