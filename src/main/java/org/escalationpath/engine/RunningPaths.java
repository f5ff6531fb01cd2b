package org.escalationpath.engine;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Running process instances, their tasks and timers, as the engine's tables have them, for many business keys at once: the engine's
 * own queries answer for one. Reads only.
 */
@Repository
public class RunningPaths {

  private final JdbcClient jdbc;

  RunningPaths(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * @param definition the id of its process definition
   */
  public record Path(String businessKey, String id, String definition, boolean isSuspended) {}

  /**
   * @param dueDate null where the task has none
   */
  public record WaitingTask(
      String businessKey, String key, @Nullable Instant dueDate) {}

  /**
   * @param drawnWith the expression of its date, {@code DATE: ${tierLimitAt}}
   * @param dueAt null means due now
   */
  public record Timer(
      String businessKey,
      String drawnWith,
      @Nullable Instant dueAt,
      boolean isSuspended,
      int retries) {}

  /** A date that a process instance holds. */
  public record Moment(String businessKey, String name, Instant at) {}

  /** What the timers of a process definition are drawn with. */
  public record Drawn(String definition, String drawnWith) {}

  /** The instances of {@code process} whose business keys lie between two, both included. */
  public List<Path> paths(String process, String first, String last) {
    return jdbc.sql("""
        select e.business_key_, e.id_, e.proc_def_id_, e.suspension_state_
          from act_ru_execution e
          join act_re_procdef d on d.id_ = e.proc_def_id_
         where e.parent_id_ is null and d.key_ = :process and e.business_key_ between :first and :last
        """)
        .param("process", process)
        .param("first", first)
        .param("last", last)
        .query((row, index) -> new Path(
            row.getString("business_key_"),
            row.getString("id_"),
            row.getString("proc_def_id_"),
            row.getInt("suspension_state_") != 1))
        .list();
  }

  /** Their tasks. */
  public List<WaitingTask> tasks(String process, String first, String last) {
    return jdbc.sql("""
        select e.business_key_, t.task_def_key_, t.due_date_
          from act_ru_task t
          join act_ru_execution e on e.id_ = t.proc_inst_id_
          join act_re_procdef d on d.id_ = e.proc_def_id_
         where d.key_ = :process and e.business_key_ between :first and :last
        """)
        .param("process", process)
        .param("first", first)
        .param("last", last)
        .query((row, index) -> new WaitingTask(
            row.getString("business_key_"),
            row.getString("task_def_key_"),
            instant(row, "due_date_")))
        .list();
  }

  /** Their timers. */
  public List<Timer> timers(String process, String first, String last) {
    return jdbc.sql("""
        select e.business_key_, f.job_configuration_, j.duedate_, j.suspension_state_, j.retries_
          from act_ru_job j
          join act_ru_jobdef f on f.id_ = j.job_def_id_
          join act_ru_execution e on e.id_ = j.process_instance_id_
         where j.type_ = 'timer' and j.process_def_key_ = :process and e.business_key_ between :first and :last
        """)
        .param("process", process)
        .param("first", first)
        .param("last", last)
        .query((row, index) -> new Timer(
            row.getString("business_key_"),
            row.getString("job_configuration_"),
            instant(row, "duedate_"),
            row.getInt("suspension_state_") != 1,
            row.getInt("retries_")))
        .list();
  }

  /** Dates that they hold as variables of these names. */
  public List<Moment> moments(String process, String first, String last, List<String> names) {
    return jdbc.sql("""
        select e.business_key_, v.name_, v.long_
          from act_ru_variable v
          join act_ru_execution e on e.id_ = v.execution_id_ and e.parent_id_ is null
          join act_re_procdef d on d.id_ = e.proc_def_id_
         where d.key_ = :process and e.business_key_ between :first and :last and v.name_ in (:names) and v.long_ is not null
        """)
        .param("process", process)
        .param("first", first)
        .param("last", last)
        .param("names", names)
        .query((row, index) -> new Moment(
            row.getString("business_key_"),
            row.getString("name_"),
            Instant.ofEpochMilli(row.getLong("long_"))))
        .list();
  }

  /** How many instances run under each process definition; none that nothing runs under. */
  public Map<String, Integer> counts() {
    var counts = new HashMap<String, Integer>();
    jdbc.sql("""
        select proc_def_id_, count(*) as running from act_ru_execution where parent_id_ is null group by proc_def_id_
        """).query(row -> {
      counts.put(row.getString("proc_def_id_"), row.getInt("running"));
    });
    return counts;
  }

  /** What the timers of all versions of {@code process} are drawn with. */
  public List<Drawn> drawn(String process) {
    return jdbc.sql("""
        select proc_def_id_, job_configuration_ from act_ru_jobdef where proc_def_key_ = :process
        """)
        .param("process", process)
        .query((row, index) ->
            new Drawn(row.getString("proc_def_id_"), row.getString("job_configuration_")))
        .list();
  }

  /** The engine stores its dates without a zone, in that of the JVM. */
  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    Timestamp stored = row.getTimestamp(column);
    return stored == null ? null : stored.toInstant();
  }
}
