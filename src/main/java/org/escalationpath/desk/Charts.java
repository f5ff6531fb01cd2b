package org.escalationpath.desk;

import java.util.List;
import org.escalationpath.metrics.Question;
import org.springframework.stereotype.Component;

/** The dashboard's charts, tab by tab: each with its finding, its table and the rows behind each number. */
@Component
class Charts {

  /** The tabs that have charts. */
  static final List<String> TABS = List.of("trend", "path", "satisfaction", "themes");

  private final TrendCharts trend;
  private final PathCharts path;
  private final SatisfactionCharts satisfaction;
  private final ThemeCharts themes;

  Charts(TrendCharts trend, PathCharts path, SatisfactionCharts satisfaction, ThemeCharts themes) {
    this.trend = trend;
    this.path = path;
    this.satisfaction = satisfaction;
    this.themes = themes;
  }

  /** @param tab one of {@link #TABS} */
  List<Chart> of(String tab, Question question) {
    return switch (tab) {
      case "trend" -> trend.of(question);
      case "path" -> path.of(question);
      case "satisfaction" -> satisfaction.of(question);
      case "themes" -> themes.of(question);
      default -> throw new IllegalArgumentException("There are no charts of '" + tab + "'");
    };
  }
}
