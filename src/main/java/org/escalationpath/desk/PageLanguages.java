package org.escalationpath.desk;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.ReloadableResourceBundleMessageSource;
import org.springframework.util.StringUtils;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.i18n.CookieLocaleResolver;
import org.springframework.web.servlet.i18n.LocaleChangeInterceptor;

/**
 * The languages of the pages. A reader's own choice ({@code ?lang=de}, kept in a cookie) goes first; then on pages about a case the
 * customer's language; then what the browser asks for; then English.
 */
@Configuration
class PageLanguages implements WebMvcConfigurer {

  static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.GERMAN);

  private static final String COOKIE = "lang";
  private static final Duration KEPT = Duration.ofDays(365);

  /** The texts of pages; a folder given by {@code escalation.texts} goes before the shipped ones, and is read anew. */
  @Bean
  static MessageSource messageSource(@Value("${escalation.texts:}") String folder) {
    var texts = new ReloadableResourceBundleMessageSource();
    if (!folder.isBlank()) {
      texts.addBasenames("file:" + folder + "/pages");
    }
    texts.addBasenames("classpath:texts/pages");
    texts.setDefaultEncoding(StandardCharsets.UTF_8.name());
    texts.setFallbackToSystemLocale(false);
    texts.setAlwaysUseMessageFormat(true);
    texts.setCacheSeconds(10);
    return texts;
  }

  @Bean
  static LocaleResolver localeResolver(
      @Value("${server.servlet.session.cookie.secure:false}") boolean isSecure) {
    var resolver = new CookieLocaleResolver(COOKIE) {
      @Override
      protected @Nullable Locale parseLocaleValue(String value) {
        return supported(StringUtils.parseLocale(value));
      }
    };
    resolver.setDefaultLocaleFunction(PageLanguages::accepted);
    resolver.setCookieMaxAge(KEPT);
    resolver.setCookieHttpOnly(true);
    resolver.setCookieSecure(isSecure);
    resolver.setCookieSameSite("Lax");
    resolver.setRejectInvalidCookies(false);
    return resolver;
  }

  private static Locale accepted(HttpServletRequest request) {
    if (request.getHeader("Accept-Language") == null) {
      return Locale.ENGLISH;
    }
    var locales = request.getLocales();
    while (locales.hasMoreElements()) {
      var supported = supported(locales.nextElement());
      if (supported != null) {
        return supported;
      }
    }
    return Locale.ENGLISH;
  }

  static @Nullable Locale supported(@Nullable Locale locale) {
    return locale == null
        ? null
        : LANGUAGES.stream()
            .filter(each -> each.getLanguage().equals(locale.getLanguage()))
            .findFirst()
            .orElse(null);
  }

  /** Lets the page speak the customer's language, unless the reader has chosen one or asks for one now. */
  static void speak(HttpServletRequest request, Locale customers) {
    var cookies = request.getCookies();
    var hasChosen = request.getParameter(COOKIE) != null
        || cookies != null
            && List.of(cookies).stream().anyMatch(cookie -> cookie.getName().equals(COOKIE));
    var supported = supported(customers);
    if (!hasChosen && supported != null) {
      request.setAttribute(CookieLocaleResolver.LOCALE_REQUEST_ATTRIBUTE_NAME, supported);
    }
  }

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    var change = new LocaleChangeInterceptor() {
      @Override
      protected @Nullable Locale parseLocaleValue(String value) {
        var asked = supported(Locale.forLanguageTag(value));
        return asked == null ? Locale.ENGLISH : asked;
      }
    };
    change.setParamName(COOKIE);
    change.setHttpMethods("GET");
    change.setIgnoreInvalidLocale(true);
    registry.addInterceptor(change);
  }
}
