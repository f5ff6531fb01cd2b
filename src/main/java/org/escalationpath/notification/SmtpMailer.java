package org.escalationpath.notification;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.mail.MailPreparationException;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.MimeMessageHelper;

/** Sends mails over SMTP. */
class SmtpMailer implements Mailer {

  private final JavaMailSender sender;
  private final String from;

  SmtpMailer(JavaMailSender sender, String from) {
    this.sender = sender;
    this.from = from;
  }

  @Override
  public void send(Mail mail) {
    sender.send(message(mail));
  }

  private MimeMessage message(Mail mail) {
    try {
      var message = new MessageWithId(mail.messageId());
      var helper = new MimeMessageHelper(message, true, StandardCharsets.UTF_8.name());
      helper.setFrom(new InternetAddress(from));
      helper.setTo(new InternetAddress(mail.to(), mail.toName(), StandardCharsets.UTF_8.name()));
      helper.setSubject(mail.subject());
      helper.setText(mail.text(), mail.html());
      if (mail.file() != null) {
        helper.addAttachment(
            mail.file().name(),
            new ByteArrayResource(mail.file().content()),
            mail.file().type());
      }
      // so that out-of-office replies do not answer us
      message.setHeader("Auto-Submitted", "auto-generated");
      return message;
    } catch (MessagingException | UnsupportedEncodingException e) {
      throw new MailPreparationException("The message to " + mail.to() + " cannot be written", e);
    }
  }

  /** A message whose id we choose, so that a repeated one can be recognized. */
  private static class MessageWithId extends MimeMessage {

    private final String id;

    MessageWithId(String id) {
      super(Session.getInstance(new Properties()));
      this.id = id;
    }

    @Override
    protected void updateMessageID() throws MessagingException {
      setHeader("Message-ID", "<" + id + ">");
    }
  }
}
