package org.escalationpath.security;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.camunda.bpm.engine.impl.digest.PasswordEncryptor;
import org.springframework.security.crypto.bcrypt.BCrypt;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/**
 * Passwords as bcrypt of their SHA-256 (bcrypt reads only 72 bytes). A successful check is remembered for a minute, because
 * HTTP Basic repeats it with each request. It is remembered per stored hash, so that a changed password counts at once.
 */
class PasswordHash implements PasswordEncryptor {

  private static final Duration REMEMBERED = Duration.ofSeconds(60);
  private static final int MOST_REMEMBERED = 1_000;

  private final BCryptPasswordEncoder bcrypt;
  private final SecretKeySpec key =
      new SecretKeySpec(new SecureRandom().generateSeed(32), "HmacSHA256");
  private final Map<String, Long> successes = new LinkedHashMap<>() {
    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
      return size() > MOST_REMEMBERED;
    }
  };

  /** @param strength the logarithm of the number of rounds, 4 to 31 */
  PasswordHash(int strength) {
    this.bcrypt = new BCryptPasswordEncoder(strength);
  }

  @Override
  public String encrypt(String password) {
    return bcrypt.encode(shortened(password));
  }

  @Override
  public boolean check(String password, String encrypted) {
    var fingerprint = fingerprint(password, encrypted);
    if (isRemembered(fingerprint)) {
      return true;
    }
    var isRight = BCrypt.checkpw(shortened(password), encrypted);
    if (isRight) {
      remember(fingerprint);
    }
    return isRight;
  }

  @Override
  public String hashAlgorithmName() {
    return "bcrypt-sha256";
  }

  private boolean isRemembered(String fingerprint) {
    synchronized (successes) {
      var until = successes.get(fingerprint);
      return until != null && System.nanoTime() - until < 0;
    }
  }

  private void remember(String fingerprint) {
    synchronized (successes) {
      successes.put(fingerprint, System.nanoTime() + REMEMBERED.toNanos());
    }
  }

  private String fingerprint(String password, String encrypted) {
    try {
      var mac = Mac.getInstance(key.getAlgorithm());
      mac.init(key);
      return Base64.getEncoder()
          .encodeToString(
              mac.doFinal((encrypted + ' ' + password).getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java has no " + key.getAlgorithm(), e);
    }
  }

  private static String shortened(String password) {
    try {
      var digest =
          MessageDigest.getInstance("SHA-256").digest(password.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(digest);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java has no SHA-256", e);
    }
  }
}
