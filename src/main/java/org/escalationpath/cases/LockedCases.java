package org.escalationpath.cases;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.ResourceHolderSupport;
import org.springframework.transaction.support.ResourceHolderSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * What a transaction has read of the cases that it has locked. Until it ends nobody else changes them, so that nothing needs to be
 * read twice. Of other cases nothing is remembered.
 */
@Component
public class LockedCases {

  private static final class Memory extends ResourceHolderSupport {

    private final Map<CaseNumber, Map<Class<?>, Object>> cases = new HashMap<>();
  }

  /** The running transaction has locked the case. */
  void add(CaseNumber number) {
    if (TransactionSynchronizationManager.isActualTransactionActive()
        && TransactionSynchronizationManager.isSynchronizationActive()) {
      memory().cases.computeIfAbsent(number, key -> new HashMap<>());
    }
  }

  boolean contains(CaseNumber number) {
    return of(number) != null;
  }

  /**
   * What {@code reader} has read of the case before, or reads now.
   *
   * @param reader whose value it is; each has one
   */
  @SuppressWarnings("unchecked")
  public <V> V read(CaseNumber number, Class<?> reader, Supplier<V> read) {
    var known = of(number);
    if (known == null) {
      return read.get();
    }
    var value = known.get(reader);
    if (value == null) {
      value = read.get();
      known.put(reader, value);
    }
    return (V) value;
  }

  /** Brings what {@code reader} may have read before to what it has just written. */
  @SuppressWarnings("unchecked")
  public <V> void change(CaseNumber number, Class<?> reader, UnaryOperator<V> written) {
    var known = of(number);
    if (known != null) {
      known.computeIfPresent(reader, (key, value) -> written.apply((V) value));
    }
  }

  /** As {@link #change}, where it is to be read again. */
  void forget(CaseNumber number, Class<?> reader) {
    change(number, reader, value -> null);
  }

  private @Nullable Map<Class<?>, Object> of(CaseNumber number) {
    var memory = (Memory) TransactionSynchronizationManager.getResource(this);
    return memory == null ? null : memory.cases.get(number);
  }

  private Memory memory() {
    var memory = (Memory) TransactionSynchronizationManager.getResource(this);
    if (memory == null) {
      memory = new Memory();
      memory.setSynchronizedWithTransaction(true);
      TransactionSynchronizationManager.bindResource(this, memory);
      TransactionSynchronizationManager.registerSynchronization(
          new ResourceHolderSynchronization<>(memory, this) {});
    }
    return memory;
  }
}
