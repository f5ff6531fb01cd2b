package org.escalationpath.engine;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Somebody has changed something in the engine past our steps and commands: in Cockpit, in Tasklist, over the engine's REST API.
 * Published in the transaction that changes it, so that whoever records it does so in the same.
 *
 * @param operation what was done, in the engine's words: {@code SetVariable}
 * @param entity to what kind of thing: {@code Variable}
 * @param businessKey of the process instance that was changed; null where it is about none, or about all of a kind
 * @param processDefinitionId of that instance, or of what was changed for all instances
 * @param facts small facts about it: which property, from what, to what; never anybody's words
 */
public record EngineChanged(
    String operation,
    String entity,
    @Nullable String businessKey,
    @Nullable String processDefinitionId,
    Map<String, Object> facts) {}
