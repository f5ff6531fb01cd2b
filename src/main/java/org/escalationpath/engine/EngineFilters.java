package org.escalationpath.engine;

import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Filters around the engine's own HTTP interfaces. */
@Configuration
class EngineFilters {

  @Bean
  FilterRegistrationBean<LostRaces> lostRaces() {
    var registration = new FilterRegistrationBean<>(new LostRaces());
    registration.addUrlPatterns("/engine-rest/*", "/camunda/api/*");
    return registration;
  }
}
