package org.escalationpath.engine;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * What the engine remembers of all processes with a business key, running and ended, a query for each kind of thing: its own queries
 * answer for one process instance at a time. Reads only. Empty where the history has been cleaned up.
 */
@Repository
public class PastPaths {

  private final JdbcClient jdbc;

  PastPaths(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * @param definition the id of its process definition, {@code escalation-path:7:0192…}
   * @param state {@code ACTIVE}, {@code COMPLETED}, {@code EXTERNALLY_TERMINATED}, …
   * @param deleteReason why it was ended by hand
   */
  public record Process(
      String id,
      String key,
      String definition,
      int version,
      Instant startedAt,
      @Nullable Instant endedAt,
      String state,
      @Nullable String startedBy,
      @Nullable String deleteReason) {

    /** Whether it brings one message to one person, and is none of those that carry the case. */
    public boolean isDelivery() {
      return key.equals("customer-notification");
    }
  }

  /**
   * An element that a process has reached.
   *
   * @param name its label; its id where it has none
   * @param type {@code userTask}, {@code boundaryTimer}, {@code exclusiveGateway}, …
   * @param order among all of its process
   */
  public record Step(
      String process,
      String element,
      String name,
      String type,
      @Nullable String assignee,
      Instant startedAt,
      @Nullable Instant endedAt,
      boolean isCancelled,
      long order) {}

  /** A change of a variable; values are shortened to 200 characters. */
  public record VariableChange(
      String process, String name, @Nullable String value, Instant at, boolean isLocal) {}

  /** Something that a person did in the engine. */
  public record Operation(
      @Nullable String process,
      @Nullable String who,
      Instant at,
      String operation,
      String entity,
      @Nullable String task,
      @Nullable String property,
      @Nullable String from,
      @Nullable String to) {}

  /**
   * What a decision table answered.
   *
   * @param definition the id of its definition, {@code triage:2:0192…}
   * @param rule the id of the rule that fired; null where none did
   * @param rulePlace its place in the table, from 1
   * @param name of an output
   */
  public record DecisionAnswer(
      String id,
      String process,
      String element,
      String key,
      String decision,
      String definition,
      int version,
      Instant at,
      @Nullable String rule,
      @Nullable Integer rulePlace,
      @Nullable String name,
      @Nullable String value) {}

  /** Something that went wrong in a process and waits, or waited, for an operator. */
  public record Trouble(
      String process,
      String type,
      @Nullable String element,
      @Nullable String text,
      Instant at,
      @Nullable Instant endedAt) {}

  public List<Process> processes(String businessKey) {
    return jdbc.sql("""
        select p.id_, p.proc_def_key_, p.proc_def_id_, d.version_, p.start_time_, p.end_time_, p.state_, p.start_user_id_, p.delete_reason_
          from act_hi_procinst p
          left join act_re_procdef d on d.id_ = p.proc_def_id_
         where p.business_key_ = :key
         order by p.start_time_, p.id_
        """)
        .param("key", businessKey)
        .query((row, index) -> new Process(
            row.getString("id_"),
            row.getString("proc_def_key_"),
            row.getString("proc_def_id_"),
            row.getInt("version_"),
            required(row, "start_time_"),
            instant(row, "end_time_"),
            row.getString("state_"),
            row.getString("start_user_id_"),
            row.getString("delete_reason_")))
        .list();
  }

  /** An instance of a process, by what it is about. */
  public record Instance(
      String number, Instant startedAt, @Nullable Instant endedAt) {}

  /** The instances that ran under a definition, running and ended, the latest first. */
  public List<Instance> latest(String definition, int most) {
    return jdbc.sql("""
        select p.business_key_, p.start_time_, p.end_time_
          from act_hi_procinst p
         where p.proc_def_id_ = :definition and p.business_key_ is not null
         order by p.start_time_ desc, p.id_ desc
         limit :most
        """)
        .param("definition", definition)
        .param("most", most)
        .query((row, index) -> new Instance(
            row.getString("business_key_"),
            required(row, "start_time_"),
            instant(row, "end_time_")))
        .list();
  }

  /** In the order in which they were reached. */
  public List<Step> steps(String businessKey) {
    return jdbc.sql("""
        select a.proc_inst_id_, a.act_id_, a.act_name_, a.act_type_, a.assignee_, a.start_time_, a.end_time_, a.act_inst_state_,
               a.sequence_counter_
          from act_hi_actinst a
          join act_hi_procinst p on p.id_ = a.proc_inst_id_
         where p.business_key_ = :key
         order by a.start_time_, a.sequence_counter_
        """)
        .param("key", businessKey)
        .query((row, index) -> new Step(
            row.getString("proc_inst_id_"),
            row.getString("act_id_"),
            row.getString("act_name_") == null
                ? row.getString("act_id_")
                : row.getString("act_name_"),
            row.getString("act_type_"),
            row.getString("assignee_"),
            required(row, "start_time_"),
            instant(row, "end_time_"),
            row.getInt("act_inst_state_") == 2,
            row.getLong("sequence_counter_")))
        .list();
  }

  public List<VariableChange> variables(String businessKey) {
    return jdbc.sql("""
        select v.proc_inst_id_, v.name_, v.var_type_, v.text_, v.long_, v.double_, v.time_, v.execution_id_
          from act_hi_detail v
          join act_hi_procinst p on p.id_ = v.proc_inst_id_
         where p.business_key_ = :key and v.type_ = 'VariableUpdate'
         order by v.time_, v.sequence_counter_
        """)
        .param("key", businessKey)
        .query((row, index) -> new VariableChange(
            row.getString("proc_inst_id_"),
            row.getString("name_"),
            value(row),
            required(row, "time_"),
            !row.getString("proc_inst_id_").equals(row.getString("execution_id_"))))
        .list();
  }

  public List<Operation> operations(String businessKey) {
    return jdbc.sql("""
        select o.proc_inst_id_, o.user_id_, o.timestamp_, o.operation_type_, o.entity_type_, t.name_, o.property_, o.org_value_, o.new_value_
          from act_hi_op_log o
          join act_hi_procinst p on p.id_ = o.proc_inst_id_
          left join act_hi_taskinst t on t.id_ = o.task_id_
         where p.business_key_ = :key
         order by o.timestamp_, o.id_
        """)
        .param("key", businessKey)
        .query((row, index) -> new Operation(
            row.getString("proc_inst_id_"),
            row.getString("user_id_"),
            required(row, "timestamp_"),
            row.getString("operation_type_"),
            row.getString("entity_type_"),
            row.getString("name_"),
            row.getString("property_"),
            row.getString("org_value_"),
            row.getString("new_value_")))
        .list();
  }

  /** A row for each output. */
  public List<DecisionAnswer> decisions(String businessKey) {
    return jdbc.sql("""
        select i.id_, i.proc_inst_id_, i.act_id_, i.dec_def_key_, i.dec_def_name_, i.dec_def_id_, d.version_, i.eval_time_,
               o.rule_id_, o.rule_order_, coalesce(o.clause_name_, o.var_name_) as name_, o.var_type_, o.text_, o.long_, o.double_
          from act_hi_decinst i
          join act_hi_procinst p on p.id_ = i.proc_inst_id_
          left join act_re_decision_def d on d.id_ = i.dec_def_id_
          left join act_hi_dec_out o on o.dec_inst_id_ = i.id_
         where p.business_key_ = :key
         order by i.eval_time_, i.id_, o.rule_order_, o.id_
        """)
        .param("key", businessKey)
        .query((row, index) -> new DecisionAnswer(
            row.getString("id_"),
            row.getString("proc_inst_id_"),
            row.getString("act_id_"),
            row.getString("dec_def_key_"),
            row.getString("dec_def_name_"),
            row.getString("dec_def_id_"),
            row.getInt("version_"),
            required(row, "eval_time_"),
            row.getString("rule_id_"),
            row.getObject("rule_order_", Integer.class),
            row.getString("name_"),
            value(row)))
        .list();
  }

  public List<Trouble> troubles(String businessKey) {
    return jdbc.sql("""
        select i.proc_inst_id_, i.incident_type_, i.activity_id_, i.incident_msg_, i.create_time_, i.end_time_
          from act_hi_incident i
          join act_hi_procinst p on p.id_ = i.proc_inst_id_
         where p.business_key_ = :key
         order by i.create_time_
        """)
        .param("key", businessKey)
        .query((row, index) -> new Trouble(
            row.getString("proc_inst_id_"),
            row.getString("incident_type_"),
            row.getString("activity_id_"),
            row.getString("incident_msg_"),
            required(row, "create_time_"),
            instant(row, "end_time_")))
        .list();
  }

  private static @Nullable String value(ResultSet row) throws SQLException {
    var type = row.getString("var_type_");
    if (type == null || type.equals("null")) {
      return null;
    }
    return switch (type) {
      case "date" -> Instant.ofEpochMilli(row.getLong("long_")).toString();
      case "boolean" -> String.valueOf(row.getLong("long_") == 1);
      case "integer", "long", "short" -> String.valueOf(row.getLong("long_"));
      case "double" -> String.valueOf(row.getDouble("double_"));
      case "string" -> shortened(row.getString("text_"));
      default -> type;
    };
  }

  private static @Nullable String shortened(@Nullable String text) {
    return text == null || text.length() <= 200 ? text : text.substring(0, 199) + "…";
  }

  /** The engine stores its dates without a zone, in that of the JVM. */
  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    Timestamp stored = row.getTimestamp(column);
    return stored == null ? null : stored.toInstant();
  }

  private static Instant required(ResultSet row, String column) throws SQLException {
    return row.getTimestamp(column).toInstant();
  }
}
