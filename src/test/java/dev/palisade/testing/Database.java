package dev.palisade.testing;

import dev.palisade.launcher.EmbeddedAccess;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The database of a running portal, reached beside it. */
public final class Database {

  /** The class of states by which PostgreSQL refuses what breaks a rule. */
  private static final String INTEGRITY = "23";

  private final EmbeddedAccess access;

  private Database(EmbeddedAccess access) {
    this.access = access;
  }

  /** In the role that the application itself has. */
  public static Database asApplication(Portal portal) {
    return new Database(EmbeddedAccess.of(portal.data()));
  }

  /** Runs statements in one transaction that is then rolled back. */
  public void tryOut(String... statements) throws SQLException {
    try (Connection connection = access.application();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      try {
        for (String sql : statements) {
          statement.execute(sql);
        }
      } finally {
        connection.rollback();
      }
    }
  }

  /** Does for good, in one transaction, what the application could do, had it another mind. */
  public void run(String... statements) throws SQLException {
    try (Connection connection = access.application();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      for (String sql : statements) {
        statement.execute(sql);
      }
      connection.commit();
    }
  }

  /** Lets the time pass in which the emergency of a first version was to be confirmed. */
  public static String lapse(String slug) {
    return "begin; alter table profile_version disable trigger profile_version_guard;"
        + " update profile_version set emergency_until = now() - interval '1 second' where number = 1"
        + " and profile_id = (select id from profile_profile where slug = '"
        + slug
        + "'); alter table profile_version enable trigger profile_version_guard; commit";
  }

  /** The first column of the first row. */
  public String text(String query) throws SQLException {
    try (Connection connection = access.application();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getString(1);
    }
  }

  /** The first column of every row, as its owner sees it. */
  public List<String> texts(String query) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (Connection connection = access.owner();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
    }
    return texts;
  }

  /**
   * Whether statements do what they are after; all of it is rolled back.
   *
   * @param change made to the database's rules beforehand
   * @param given statements that no rule of a trigger hinders
   * @param statements the last one is refused, or changes no row, unless they come through
   */
  public boolean comesThrough(String change, List<String> given, List<String> statements)
      throws SQLException {
    try (Connection connection = access.owner();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      try {
        switchTriggers(statement, "disable");
        for (String sql : given) {
          statement.execute(sql);
        }
        switchTriggers(statement, "enable");
        statement.execute(change);
        return lastChangesARow(statement, statements);
      } finally {
        connection.rollback();
      }
    }
  }

  private static void switchTriggers(Statement statement, String how) throws SQLException {
    statement.execute(
        """
        do $$ declare guarded regclass; begin
          for guarded in select distinct tgrelid::regclass from pg_trigger where not tgisinternal loop
            execute format('alter table %%s %s trigger user', guarded);
          end loop;
        end $$
        """
            .formatted(how));
  }

  private static boolean lastChangesARow(Statement statement, List<String> statements)
      throws SQLException {
    boolean changed = false;
    try {
      for (String sql : statements) {
        changed = statement.executeUpdate(sql) > 0;
      }
      return changed;
    } catch (SQLException e) {
      if (e.getSQLState().startsWith(INTEGRITY)) {
        return false;
      }
      throw e;
    }
  }

  /** Does what no application can: runs statements for good in the role that owns the tables. */
  public void tamper(String... statements) throws SQLException {
    try (Connection connection = access.owner();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
