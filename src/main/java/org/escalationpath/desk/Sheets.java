package org.escalationpath.desk;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.escalationpath.audit.Paper;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.ui.ModelMap;
import org.springframework.web.util.ContentCachingResponseWrapper;
import org.thymeleaf.spring6.view.ThymeleafViewResolver;

/** Pages on paper: a template as a PDF to be kept. */
@Component
class Sheets {

  private final ThymeleafViewResolver templates;
  private final Paper paper;

  Sheets(ThymeleafViewResolver templates, Paper paper) {
    this.templates = templates;
    this.paper = paper;
  }

  /**
   * @param template which has its hash where {@link Paper#HASH_GOES_HERE} is
   * @param about what it is of, {@code case} and its number
   */
  ResponseEntity<byte[]> pdf(
      String template,
      ModelMap model,
      Map<String, String> about,
      String fileName,
      HttpServletRequest request,
      HttpServletResponse response)
      throws Exception {
    model.addAttribute("hash", Paper.HASH_GOES_HERE);
    var page = new ContentCachingResponseWrapper(response);
    templates
        .resolveViewName(template, LocaleContextHolder.getLocale())
        .render(model, request, page);
    var html = new String(page.getContentAsByteArray(), StandardCharsets.UTF_8);
    page.resetBuffer();
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_PDF)
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment().filename(fileName).build().toString())
        .body(paper.pdf(about, html));
  }
}
