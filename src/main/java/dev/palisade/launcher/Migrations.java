package dev.palisade.launcher;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * Brings the database to this version's form, as the owner, and makes sure that the application's
 * role exists.
 */
final class Migrations {

  private Migrations() {}

  static void run(DatabaseAccess database) throws StartFailure {
    try (Connection owner = database.connect(database.owner())) {
      ensureApplicationRole(owner, database);
    } catch (SQLException e) {
      throw new StartFailure("The database at " + database.url() + " cannot be used", e);
    }
    Logger.getLogger("org.flywaydb").setLevel(Level.WARNING);
    try {
      Flyway.configure()
          .dataSource(database.url(), database.owner().user(), database.owner().password())
          .locations("classpath:db/migrations")
          .placeholders(Map.of("app_role", database.app().user()))
          .load()
          .migrate();
    } catch (FlywayException e) {
      throw new StartFailure("The database migration failed", e);
    }
    try (Connection app = database.connect(database.app())) {
      app.isValid(5);
    } catch (SQLException e) {
      throw new StartFailure(
          "The application's database role " + database.app().user() + " cannot sign in", e);
    }
  }

  private static void ensureApplicationRole(Connection owner, DatabaseAccess database)
      throws SQLException, StartFailure {
    String role = database.app().user();
    if (!role.matches("[a-z_][a-z0-9_]{0,62}")) {
      throw new StartFailure(
          "PALISADE_DB_APP_USER must be a plain role name of lower-case letters, digits and _");
    }
    if (role.equals(database.owner().user())) {
      throw new StartFailure(
          "PALISADE_DB_APP_USER must be another role than PALISADE_DB_USER: the application must not own"
              + " its tables");
    }
    try (Statement statement = owner.createStatement()) {
      boolean exists;
      try (ResultSet found =
          statement.executeQuery("select from pg_roles where rolname = '" + role + "'")) {
        exists = found.next();
      }
      if (!exists) {
        try {
          statement.execute(
              "create role "
                  + role
                  + " login password '"
                  + database.app().password().replace("'", "''")
                  + "'");
        } catch (SQLException e) {
          throw new StartFailure(
              "The role "
                  + role
                  + " is missing and cannot be created; run as a superuser: create role "
                  + role
                  + " login password '<PALISADE_DB_APP_PASSWORD>'",
              e);
        }
      }
    }
  }
}
