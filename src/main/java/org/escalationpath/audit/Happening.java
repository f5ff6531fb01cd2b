package org.escalationpath.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One thing in the timeline of a case, whichever records know of it.
 *
 * @param kind which records: {@code ledger, task, operation, message, decision, process, variable, step, trouble}
 * @param what the word for it within its kind: what the ledger says, {@code created}, {@code claimed}, the engine's operation, …
 * @param who a user id, {@code customer}, {@code system}; null where the records do not say
 * @param process the id of the process instance; null for what is about the case alone
 * @param element the id of the element in the process's diagram
 * @param subject the label of the element, the name of the variable, the text of the message, …
 * @param facts what there is to say beyond that, by the names that the page has words for
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Happening(
    Instant at,
    String kind,
    String what,
    @Nullable String who,
    @Nullable String process,
    @Nullable String element,
    @Nullable String subject,
    Map<String, Object> facts) {

  Happening as(String other) {
    return new Happening(at, other, what, who, process, element, subject, facts);
  }
}
