package org.escalationpath.cases;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.escalationpath.engine.Commands;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Searches of the list of cases that people keep for themselves under a name. */
@Repository
public class SavedViews {

  private static final int MOST = 30;

  private final JdbcClient jdbc;
  private final Commands commands;

  SavedViews(JdbcClient jdbc, Commands commands) {
    this.jdbc = jdbc;
    this.commands = commands;
  }

  /**
   * @param query the parameters of the page, {@code tier=team-lead&order=due}
   */
  public record SavedView(String name, String query) {}

  public List<SavedView> of(String person) {
    return jdbc.sql("select name, query from saved_view where person = :person order by name")
        .param("person", person)
        .query(SavedView.class)
        .list();
  }

  /**
   * Keeps the view; one of the same name is replaced.
   *
   * @throws BadInput if the name is missing or too long, or the person has 30 views already
   */
  public void save(String person, String name, String query) {
    var line = FreeText.requireLine("name", name, 60);
    var kept = FreeText.require("query", query, 500);
    commands.run(() -> {
      delete(person, line);
      if (of(person).size() >= MOST) {
        throw new BadInput(
            "name", "too-many-views", "You have %d views; delete one first".formatted(MOST), MOST);
      }
      jdbc.sql("insert into saved_view (person, name, query) values (:person, :name, :query)")
          .param("person", person)
          .param("name", line)
          .param("query", kept)
          .update();
    });
  }

  /** Takes away everybody's views that are named after one of these people, or search for them. */
  void forgetAbout(List<String> words) {
    jdbc
        .sql("select person, name, query from saved_view")
        .query((row, index) ->
            new OfSomebody(row.getString("person"), row.getString("name"), row.getString("query")))
        .list()
        .stream()
        .filter(view -> words.stream().anyMatch(view::isAbout))
        .forEach(view -> delete(view.person(), view.name()));
  }

  private record OfSomebody(String person, String name, String query) {

    private static final Set<String> OF_PEOPLE = Set.of("customer", "text");

    boolean isAbout(String word) {
      var asAWord = Pattern.compile(
          "(?<!\\w)" + Pattern.quote(word) + "(?!\\w)",
          Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.UNICODE_CHARACTER_CLASS);
      return Stream.concat(
              Stream.of(name),
              Arrays.stream(query.substring(query.startsWith("?") ? 1 : 0).split("&"))
                  .map(parameter -> parameter.split("=", 2))
                  .filter(parameter -> parameter.length == 2 && OF_PEOPLE.contains(parameter[0]))
                  .map(parameter -> URLDecoder.decode(parameter[1], StandardCharsets.UTF_8)))
          .anyMatch(text -> asAWord.matcher(text).find());
    }
  }

  public void delete(String person, String name) {
    jdbc.sql("delete from saved_view where person = :person and name = :name")
        .param("person", person)
        .param("name", name)
        .update();
  }
}
