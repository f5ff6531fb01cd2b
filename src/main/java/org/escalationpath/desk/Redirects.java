package org.escalationpath.desk;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.support.RequestContextUtils;

/** After a form has done its work the browser asks for the page anew, so that reloading it does nothing twice. */
final class Redirects {

  private Redirects() {}

  /** @param done the text that the next page shows once, {@code status.done.message} */
  static ModelAndView to(String path, String done) {
    return to(path, "done", done);
  }

  /** @param place where the next page shows it */
  static ModelAndView to(String path, String place, String done) {
    HttpServletRequest request =
        ((ServletRequestAttributes) RequestContextHolder.currentRequestAttributes()).getRequest();
    RequestContextUtils.getOutputFlashMap(request).put(place, done);
    return new ModelAndView("redirect:" + path);
  }
}
