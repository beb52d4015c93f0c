package dev.palisade.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/** How a test reaches the embedded PostgreSQL of a portal that runs on a data directory. */
public final class EmbeddedAccess {

  private static final int PORT_LINE = 3;

  private final DatabaseAccess access;

  private EmbeddedAccess(DatabaseAccess access) {
    this.access = access;
  }

  /** Reads port and secret from the directory, as only its owner can. */
  public static EmbeddedAccess of(Path data) {
    try {
      String port =
          Files.readAllLines(data.resolve("postgres/postmaster.pid")).get(PORT_LINE).strip();
      String secret = Files.readString(data.resolve("postgres-passwords")).strip();
      return new EmbeddedAccess(
          new DatabaseAccess(
              "jdbc:postgresql://127.0.0.1:" + port + "/palisade",
              DatabaseAccess.derivedLogin(secret, "palisade_owner"),
              DatabaseAccess.derivedLogin(secret, "palisade_app")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A connection in the application's role. */
  public Connection application() throws SQLException {
    return access.connect(access.app());
  }

  /** A connection in the role that owns the tables. */
  public Connection owner() throws SQLException {
    return access.connect(access.owner());
  }
}
