package org.escalationpath.notification;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executor;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.ReloadableResourceBundleMessageSource;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/** The mail server or its stand-in, the texts, and the threads that send. */
@Configuration
class NotificationConfiguration {

  @Bean
  Mailer mailer(
      ObjectProvider<JavaMailSender> sender, @Value("${escalation.mail.from}") String from) {
    var smtp = sender.getIfAvailable();
    return smtp == null ? new NoMailServer() : new SmtpMailer(smtp, from);
  }

  /** The texts of messages; a folder given by {@code escalation.texts} goes before the shipped ones, and is read anew. */
  @Bean
  ReloadableResourceBundleMessageSource texts(@Value("${escalation.texts:}") String folder) {
    var texts = new ReloadableResourceBundleMessageSource();
    if (!folder.isBlank()) {
      texts.addBasenames("file:" + folder + "/notifications");
    }
    texts.addBasenames("classpath:texts/notifications");
    texts.setDefaultEncoding(StandardCharsets.UTF_8.name());
    texts.setFallbackToSystemLocale(false);
    texts.setAlwaysUseMessageFormat(true);
    texts.setCacheSeconds(10);
    return texts;
  }

  @Bean
  ClassLoaderTemplateResolver textTemplates() {
    var resolver = new ClassLoaderTemplateResolver();
    resolver.setPrefix("templates/");
    resolver.setResolvablePatterns(java.util.Set.of("mail/*.txt"));
    resolver.setTemplateMode(TemplateMode.TEXT);
    resolver.setCharacterEncoding(StandardCharsets.UTF_8.name());
    resolver.setOrder(1);
    return resolver;
  }

  /** A small pool of its own: a mail server that hangs holds up mails and nothing else. */
  @Bean
  Executor senders() {
    var pool = new ThreadPoolTaskExecutor();
    pool.setThreadNamePrefix("sender-");
    pool.setCorePoolSize(DeliveryWorker.SENDERS);
    pool.setMaxPoolSize(DeliveryWorker.SENDERS);
    pool.setQueueCapacity(DeliveryWorker.SENDERS);
    pool.setWaitForTasksToCompleteOnShutdown(true);
    pool.setAwaitTerminationSeconds(20);
    return pool;
  }

  /** Switched off in tests, which drive relay and delivery themselves. */
  @Configuration
  @EnableScheduling
  @ConditionalOnProperty(name = "escalation.background", matchIfMissing = true)
  static class InTheBackground {}
}
