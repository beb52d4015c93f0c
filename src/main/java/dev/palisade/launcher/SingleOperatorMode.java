package dev.palisade.launcher;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Lets a home of one decide on what they wrote. The row that says so is written as the owner: the
 * application and its triggers can only read it.
 */
final class SingleOperatorMode {

  private SingleOperatorMode() {}

  static void set(DatabaseAccess database, boolean on) throws StartFailure {
    try (Connection owner = database.connect(database.owner());
        Statement statement = owner.createStatement()) {
      statement.execute(
          on
              ? "insert into account_single_operator default values on conflict do nothing"
              : "delete from account_single_operator");
    } catch (SQLException e) {
      throw new StartFailure("Single-operator mode cannot be turned " + (on ? "on" : "off"), e);
    }
  }
}
