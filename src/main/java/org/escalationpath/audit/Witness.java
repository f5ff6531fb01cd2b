package org.escalationpath.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.escalationpath.cases.Chain;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.mail.MailException;
import org.springframework.mail.SimpleMailMessage;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.stereotype.Component;

/**
 * Keeps roots where whoever can change the database cannot change them: in a file, which belongs on another machine, and in
 * mails. Without either, changes of rows together with all later hashes and seals cannot be told.
 */
@Component
class Witness {

  private static final Logger log = LoggerFactory.getLogger(Witness.class);

  private final @Nullable Path file;
  private final List<String> addresses;
  private final String from;
  private final ObjectProvider<JavaMailSender> mails;

  Witness(
      @Value("${escalation.audit.roots-file:}") String file,
      @Value("${escalation.audit.roots-mail:}") List<String> addresses,
      @Value("${escalation.mail.from}") String from,
      ObjectProvider<JavaMailSender> mails) {
    this.file = file.isBlank() ? null : Path.of(file);
    this.addresses = addresses.stream().filter(each -> !each.isBlank()).toList();
    this.from = from;
    this.mails = mails;
  }

  /** A line of the file: the instant, the seal's number, its root. What fails is logged; the seal stays. */
  void keep(Seal seal) {
    if (file == null) {
      return;
    }
    try {
      Files.writeString(
          file,
          "%s %d %s%n".formatted(Chain.text(seal.sealedAt()), seal.no(), seal.root()),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      log.error("Seal {} could not be written to {}", seal.no(), file, e);
    }
  }

  /** Puts the file aside, because seals begin anew; the next root begins another. */
  void setAside(Instant now) {
    if (file == null || !Files.exists(file)) {
      return;
    }
    var aside =
        file.resolveSibling("%s.until-%d".formatted(file.getFileName(), now.getEpochSecond()));
    try {
      Files.move(file, aside);
    } catch (IOException e) {
      log.error("{} could not be put aside; move it to {}", file, aside, e);
    }
  }

  /** Mails the root of a day that is over. */
  void mail(Seal seal) {
    var sender = mails.getIfAvailable();
    if (addresses.isEmpty() || sender == null) {
      return;
    }
    var mail = new SimpleMailMessage();
    mail.setFrom(from);
    mail.setTo(addresses.toArray(String[]::new));
    mail.setSubject("Escalation Path: root of %s".formatted(seal.day()));
    mail.setText("""
        All that was recorded until %s has this root (seal %d):

        %s

        Keep this mail. Whoever verifies the records later compares it with what GET /api/audit/roots answers.
        """.formatted(Chain.text(seal.sealedAt()), seal.no(), seal.root()));
    try {
      sender.send(mail);
    } catch (MailException e) {
      log.error("The root of {} could not be mailed", seal.day(), e);
    }
  }

  /**
   * The roots in the file.
   *
   * @param roots by the numbers of their seals; none where no file is set
   * @param trouble why a file that is set cannot be compared with; null where it can
   */
  record Kept(Map<Integer, String> roots, @Nullable String trouble) {}

  Kept kept() {
    if (file == null) {
      return new Kept(Map.of(), null);
    }
    try {
      return new Kept(parse(Files.readAllLines(file)), null);
    } catch (IOException | IllegalArgumentException e) {
      return new Kept(
          Map.of(), "The roots in %s cannot be read: %s".formatted(file, e.getMessage()));
    }
  }

  /** @throws IllegalArgumentException naming the line that is none of ours */
  static Map<Integer, String> parse(List<String> lines) {
    var kept = new TreeMap<Integer, String>();
    for (var line : lines) {
      if (line.isBlank()) {
        continue;
      }
      var parts = line.strip().split(" ");
      if (parts.length != 3 || !parts[1].matches("\\d{1,9}") || !parts[2].matches("[0-9a-f]{64}")) {
        throw new IllegalArgumentException(
            "'%s' is no line of roots; it must be an instant, a number and a root".formatted(line));
      }
      kept.put(Integer.valueOf(parts[1]), parts[2]);
    }
    return kept;
  }
}
