package org.escalationpath.cases;

import static java.time.ZoneOffset.UTC;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Private links for people who have no sign-in. A link holds 192 random bits; only their SHA-256 is kept, so that the database
 * gives no link away. Each delivery mints a new one.
 */
@Repository
public class Links {

  /** To the status page of a case; the subject is the case number. */
  public static final String STATUS = "status";

  /** To a survey; the subject is the survey's id. */
  public static final String SURVEY = "survey";

  private static final Duration LIFE = Duration.ofDays(180);
  private static final int BYTES = 24;

  private final JdbcClient jdbc;
  private final Clock clock;
  private final String baseUrl;
  private final SecureRandom random = new SecureRandom();

  Links(JdbcClient jdbc, Clock clock, @Value("${escalation.base-url}") String baseUrl) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.baseUrl = baseUrl.replaceAll("/+$", "");
  }

  /**
   * Whom a link leads to.
   *
   * @param subject what it is about: a case number, a survey's id
   * @param isMailed whether it came by mail, so that whoever has it has the address
   */
  public record Target(CaseNumber caseNumber, String subject, boolean isMailed) {}

  /** The address of {@code path}, as the configuration names this system and never as a request does. */
  public String to(String path) {
    return baseUrl + path;
  }

  /** A new private link to be mailed, valid for 180 days. */
  public String mint(String purpose, CaseNumber number, String subject) {
    return mint(purpose, number, subject, true);
  }

  /** A new private link to a case's status page that is shown to whoever opened the case. */
  public String mintToShow(CaseNumber number) {
    return mint(STATUS, number, number.value(), false);
  }

  /** Makes all links about the case invalid that were given out before now, surveys included; the next mail brings a new one. */
  public int revoke(CaseNumber number) {
    return jdbc.sql("""
        update link_token set revoked_at = :now
         where case_number = :number and revoked_at is null
        """)
        .param("now", clock.instant().atOffset(UTC))
        .param("number", number.value())
        .update();
  }

  private String mint(String purpose, CaseNumber number, String subject, boolean isMailed) {
    var bytes = new byte[BYTES];
    random.nextBytes(bytes);
    var token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    jdbc.sql("""
        insert into link_token (hash, purpose, case_number, subject, minted_at, expires_at, mailed)
        values (:hash, :purpose, :number, :subject, :now, :expiresAt, :mailed)
        """)
        .param("hash", hash(token))
        .param("purpose", purpose)
        .param("number", number.value())
        .param("subject", subject)
        .param("now", clock.instant().atOffset(UTC))
        .param("expiresAt", clock.instant().plus(LIFE).atOffset(UTC))
        .param("mailed", isMailed)
        .update();
    return to("/" + purpose + "/" + token);
  }

  /** Where the link with this token leads; nothing if it is wrong, of another purpose, or no longer valid. */
  public Optional<Target> find(String purpose, String token) {
    return jdbc.sql("""
        select case_number, subject, mailed from link_token
         where hash = :hash and purpose = :purpose and expires_at > :now and revoked_at is null
        """)
        .param("hash", hash(token))
        .param("purpose", purpose)
        .param("now", clock.instant().atOffset(UTC))
        .query((row, index) -> new Target(
            CaseNumber.of(row.getString("case_number")),
            row.getString("subject"),
            row.getBoolean("mailed")))
        .optional();
  }

  private static String hash(String token) {
    return Chain.sha256(token.getBytes(StandardCharsets.UTF_8));
  }
}
