package dev.palisade.launcher;

import dev.palisade.launcher.DatabaseAccess.Login;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A PostgreSQL server of our own, on loopback, with its data kept between starts. Every commit is
 * on disk before it is acknowledged, and nobody signs in without a password.
 */
final class EmbeddedDatabase implements AutoCloseable {

  private static final String SUPERUSER = "postgres";
  private static final String OWNER = "palisade_owner";
  private static final String APP = "palisade_app";
  private static final String NAME = "palisade";
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

  private final EmbeddedPostgres server;
  private final DatabaseAccess access;
  private final Path data;
  private CompletableFuture<Void> watch = CompletableFuture.completedFuture(null);

  private EmbeddedDatabase(EmbeddedPostgres server, DatabaseAccess access, Path data) {
    this.server = server;
    this.access = access;
    this.data = data;
  }

  DatabaseAccess access() {
    return access;
  }

  /** Runs something when the server ends before it is closed. */
  void onEnd(Runnable then) throws StartFailure {
    try {
      String pid = Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip();
      watch =
          ProcessHandle.of(Long.parseLong(pid))
              .map(ProcessHandle::onExit)
              .orElseGet(() -> CompletableFuture.completedFuture(null))
              .thenRun(then);
    } catch (IOException e) {
      throw new StartFailure("PostgreSQL has ended right after its start", e);
    }
  }

  /**
   * Starts the server, and sets it up when the directory is new.
   *
   * @param directory holds the database, its passwords and the unpacked binaries
   */
  static EmbeddedDatabase start(Path directory) throws StartFailure {
    Path data = directory.resolve("postgres");
    try {
      Files.createDirectories(directory);
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
      stopOrphan(data);
      String password = secret(directory.resolve("postgres-passwords"));
      EmbeddedPostgres server = launch(directory, data, password);
      try {
        String url = "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/";
        Login superuser = new Login(SUPERUSER, password);
        DatabaseAccess access =
            new DatabaseAccess(
                url + NAME,
                DatabaseAccess.derivedLogin(password, OWNER),
                DatabaseAccess.derivedLogin(password, APP));
        setUp(url + "postgres", superuser, access.owner());
        return new EmbeddedDatabase(server, access, data);
      } catch (SQLException e) {
        server.close();
        throw e;
      }
    } catch (IOException | SQLException | IllegalStateException e) {
      throw new StartFailure("PostgreSQL cannot start in " + data, e);
    }
  }

  private static EmbeddedPostgres launch(Path directory, Path data, String password)
      throws IOException {
    File log = Files.createDirectories(directory.resolve("log")).resolve("postgres.log").toFile();
    return EmbeddedPostgres.builder()
        .setOverrideWorkingDirectory(directory.resolve("postgres-binaries").toFile())
        .setDataDirectory(data)
        .setCleanDataDirectory(false)
        .setDataDirectoryCustomizer(EmbeddedDatabase::requirePasswords)
        .setConnectConfig("password", password)
        .setServerConfig("listen_addresses", "127.0.0.1")
        .setServerConfig("unix_socket_directories", "")
        .setServerConfig("fsync", "on")
        .setServerConfig("synchronous_commit", "on")
        .setServerConfig("full_page_writes", "on")
        .setServerConfig("password_encryption", "scram-sha-256")
        .setServerConfig("max_connections", "100")
        .setRegisterShutdownHook(false)
        .setPGStartupWait(START_LIMIT)
        .setOutputRedirector(Redirect.appendTo(log))
        .setErrorRedirector(Redirect.appendTo(log))
        .start();
  }

  /**
   * A directory that was set up before never trusts a connection again, not even while it starts.
   */
  private static void requirePasswords(File data) {
    if (Files.exists(data.toPath().resolve("palisade-set-up"))) {
      try {
        writeAccessRules(data.toPath());
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static void writeAccessRules(Path data) throws IOException {
    Files.writeString(data.resolve("pg_hba.conf"), "host all all 127.0.0.1/32 scram-sha-256\n");
  }

  private static void setUp(String url, Login superuser, Login owner)
      throws SQLException, IOException {
    try (Connection connection =
            DriverManager.getConnection(url, superuser.user(), superuser.password());
        Statement statement = connection.createStatement()) {
      Path data = dataDirectory(statement);
      if (Files.exists(data.resolve("palisade-set-up"))) {
        return;
      }
      statement.execute("alter role " + SUPERUSER + " password '" + superuser.password() + "'");
      if (!exists(statement, "select from pg_roles where rolname = '" + OWNER + "'")) {
        statement.execute(
            "create role " + OWNER + " login createrole password '" + owner.password() + "'");
      }
      if (!exists(statement, "select from pg_database where datname = '" + NAME + "'")) {
        statement.execute("create database " + NAME + " owner " + OWNER);
      }
      writeAccessRules(data);
      statement.execute("select pg_reload_conf()");
      Files.writeString(data.resolve("palisade-set-up"), "Passwords are set.\n");
    }
  }

  private static Path dataDirectory(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery("show data_directory")) {
      row.next();
      return Path.of(row.getString(1));
    }
  }

  private static boolean exists(Statement statement, String query) throws SQLException {
    try (ResultSet rows = statement.executeQuery(query)) {
      return rows.next();
    }
  }

  /** The random secret of this directory, made at the first start, readable by its owner only. */
  private static String secret(Path file) throws IOException {
    if (!Files.exists(file)) {
      byte[] bytes = new byte[24];
      new SecureRandom().nextBytes(bytes);
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(file, HexFormat.of().formatHex(bytes));
    }
    return Files.readString(file).strip();
  }

  /**
   * Ends a server that outlived its portal (which was killed). The caller holds the lock of the
   * directory, so a live server on it is an orphan; a stale pid that belongs to another program is
   * left alone.
   */
  private static void stopOrphan(Path data) throws IOException, StartFailure {
    Path pidFile = data.resolve("postmaster.pid");
    if (!Files.exists(pidFile)) {
      return;
    }
    List<String> lines = Files.readAllLines(pidFile);
    if (lines.size() < 2 || !lines.get(0).strip().matches("[0-9]+")) {
      return;
    }
    Optional<ProcessHandle> process = ProcessHandle.of(Long.parseLong(lines.get(0).strip()));
    boolean ours =
        process.flatMap(p -> p.info().command()).filter(c -> c.endsWith("/postgres")).isPresent()
            && Path.of(lines.get(1).strip()).equals(data);
    if (!ours) {
      return;
    }
    try {
      // SIGINT: PostgreSQL's fast shutdown, which does not wait for clients that are gone.
      new ProcessBuilder("kill", "-INT", lines.get(0).strip()).start().waitFor();
      process.get().onExit().get(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartFailure("Interrupted while stopping a PostgreSQL left by a former start", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new StartFailure("The PostgreSQL left by a former start does not stop", e);
    }
  }

  @Override
  public void close() {
    watch.cancel(false);
    try {
      server.close();
    } catch (IOException e) {
      System.getLogger("dev.palisade")
          .log(System.Logger.Level.WARNING, "PostgreSQL did not stop", e);
    }
  }
}
