package org.escalationpath;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Listens to the statements that go to the database. */
class Statements implements BeanPostProcessor {

  private static volatile @Nullable Queue<String> executed;

  /** What the database is asked while {@code action} runs, by whichever thread. */
  static List<String> of(Runnable action) {
    var all = new ConcurrentLinkedQueue<String>();
    executed = all;
    try {
      action.run();
    } finally {
      executed = null;
    }
    return List.copyOf(all);
  }

  private static void heard(String sql) {
    var all = executed;
    if (all != null) {
      all.add(sql);
    }
  }

  @Override
  public Object postProcessAfterInitialization(Object bean, String name) {
    return bean instanceof DataSource dataSource && !(bean instanceof Listening)
        ? new Listening(dataSource)
        : bean;
  }

  private static final class Listening extends DelegatingDataSource {

    private Listening(DataSource target) {
      super(target);
    }

    @Override
    public Connection getConnection() throws java.sql.SQLException {
      return listening(Connection.class, super.getConnection(), null);
    }
  }

  /** @param sql of a statement; null for a connection */
  private static <T> T listening(Class<T> type, T target, @Nullable String sql) {
    return type.cast(Proxy.newProxyInstance(
        type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
          try {
            var result = method.invoke(target, arguments);
            if (sql != null && method.getName().startsWith("execute")) {
              heard(sql);
            }
            return result instanceof PreparedStatement statement
                ? listening(PreparedStatement.class, statement, (String) arguments[0])
                : result;
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        }));
  }
}
