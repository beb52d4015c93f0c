package dev.palisade.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palisade.launcher.DatabaseAccess.Login;
import dev.palisade.testing.Caller;
import dev.palisade.testing.Caller.Answer;
import dev.palisade.testing.PortalProcess;
import dev.palisade.testing.PortalProcess.End;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Starting, failing to start, being killed and being stopped, as an operator lives through it. */
@Tag("portal")
class LauncherIT {

  private static final String OWNER = "palisade_owner";
  private static final String APP = "palisade_app";
  private static final String WRONG = "not-the-password";
  private static final Duration SOON = Duration.ofSeconds(10);

  private static Path data;
  private static PortalProcess living;

  /** One portal for the tests that only look at it. */
  @BeforeAll
  static void startOne() {
    data = PortalProcess.freshDirectory("launcher");
    living = PortalProcess.start(data);
    living.awaitReady();
  }

  @AfterAll
  static void stopIt() {
    living.close();
  }

  @Test
  void takenPortIsOneLineAndExitOne() throws IOException {
    Path directory = PortalProcess.freshDirectory("launcher-taken-port");
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = String.valueOf(other.getLocalPort());
      PortalProcess portal = PortalProcess.start(directory, Map.of("PALISADE_HTTP_PORT", port));
      assertThat(causeOf(portal, directory)).contains("Port " + port + " on 127.0.0.1 is taken");
    }
  }

  /**
   * Settings that no portal starts with.
   *
   * @param named what the line must name
   */
  record Wrong(Map<String, String> environment, List<String> arguments, String named) {}

  private static Wrong wrong(String name, String value, String named) {
    return new Wrong(Map.of(name, value), List.of(), named);
  }

  static List<Wrong> settings() {
    return List.of(
        new Wrong(Map.of(), List.of("--empty"), "Unknown argument “--empty”"),
        wrong("PALISADE_HTTP_PORT", "65536", "from 1 to 65535, not “65536”"),
        wrong("PALISADE_HTTP_PORT", "http", "from 1 to 65535, not “http”"),
        wrong("PALISADE_ADMIN_PASSWORD", "ninechars", "PALISADE_ADMIN_PASSWORD must have at least"),
        wrong("PALISADE_BASE_URL", "portal.example.net", "PALISADE_BASE_URL must look like"),
        wrong("PALISADE_DATA_DIR", "/dev/null", "The data directory /dev/null cannot be used"),
        wrong("PALISADE_BIND", "192.0.2.1", "on 192.0.2.1 is taken or not ours"));
  }

  static List<Wrong> databases() {
    String right = url();
    return List.of(
        wrong("PALISADE_DB_URL", "mysql://127.0.0.1/palisade", "PALISADE_DB_URL must look like"),
        wrong("PALISADE_DB_URL", right, "PALISADE_DB_USER is missing"),
        database("jdbc:postgresql://127.0.0.1:many/palisade", APP, "cannot be used"),
        database("jdbc:postgresql://127.0.0.1:" + PortalProcess.freePort() + "/x", APP, "refused"),
        database(right, APP, "password authentication failed for user \"palisade_owner\""),
        database(right, OWNER, "PALISADE_DB_APP_USER must be another role"));
  }

  private static Wrong database(String url, String app, String named) {
    // The password is wrong but where the roles are.
    String password = app.equals(OWNER) ? login(OWNER).password() : WRONG;
    return new Wrong(
        Map.of(
            "PALISADE_DB_URL", url,
            "PALISADE_DB_USER", OWNER,
            "PALISADE_DB_PASSWORD", password,
            "PALISADE_DB_APP_USER", app),
        List.of(),
        named);
  }

  @ParameterizedTest
  @MethodSource({"settings", "databases"})
  void wrongSettingsAreOneLineAndExitOne(Wrong wrong) {
    Path directory = PortalProcess.freshDirectory("launcher-wrong");
    PortalProcess portal =
        PortalProcess.start(
            directory, wrong.environment(), wrong.arguments().toArray(String[]::new));
    assertThat(causeOf(portal, directory)).contains(wrong.named()).doesNotContain(WRONG);
  }

  @Test
  void secondPortalOnOneDirectoryIsRefusedWhileTheFirstLives() {
    End end = PortalProcess.start(data).awaitEnd();
    assertThat(end.exit()).isEqualTo(1);
    assertThat(end.out()).isEmpty();
    assertThat(end.err())
        .containsExactly(
            "Palisade cannot start. Another Palisade is running on the data directory " + data);
    living.caller().get("/health/ready").expect(200);
  }

  @Test
  void failedMigrationIsOneLineAndLeavesNothingRunning() throws Exception {
    Path directory = PortalProcess.freshDirectory("launcher-migration");
    try (EmbeddedDatabase database = EmbeddedDatabase.start(directory)) {
      Migrations.run(database.access());
      try (Connection owner = database.access().connect(database.access().owner());
          Statement statement = owner.createStatement()) {
        assertThat(
                statement.executeUpdate(
                    "update flyway_schema_history set checksum = 1 where version = '001'"))
            .isEqualTo(1);
      }
    }
    assertThat(causeOf(PortalProcess.start(directory), directory))
        .contains("The database migration failed", "checksum mismatch", "version 001");
  }

  @Test
  void failedDeploymentIsOneLineAndLeavesNothingRunning() throws IOException {
    Path directory = PortalProcess.freshDirectory("launcher-deployment");
    Path distribution = Files.createDirectories(directory.resolve("distribution"));
    Path built = PortalProcess.distribution();
    Files.copy(built.resolve("palisade.jar"), distribution.resolve("palisade.jar"));
    Files.createSymbolicLink(distribution.resolve("lib"), built.resolve("lib"));
    Files.writeString(distribution.resolve("palisade.war"), "This is no archive.");
    Path own = directory.resolve("data");
    assertThat(causeOf(PortalProcess.start(distribution, own, Map.of()), own))
        .contains("The application cannot be deployed: ", "invalid zip file")
        .contains(Logs.file(own).toString());
  }

  @Test
  void sigtermStopsPostgresToo() {
    Path directory = PortalProcess.freshDirectory("launcher-sigterm");
    PortalProcess portal = PortalProcess.start(directory);
    portal.awaitReady();
    List<ProcessHandle> family = family(portal, directory);
    assertThat(family).isNotEmpty();
    End end = portal.stop();
    assertThat(end.exit()).isEqualTo(128 + 15);
    assertThat(end.out()).hasSize(1);
    assertThat(directory.resolve("postgres").resolve("postmaster.pid")).doesNotExist();
    awaitEnd(family);
  }

  @Test
  void sigtermWhileItStartsLeavesNothingRunning() {
    Path directory = PortalProcess.freshDirectory("launcher-hasty");
    PortalProcess portal = PortalProcess.start(directory);
    await(() -> !portal.children().isEmpty());
    List<ProcessHandle> family = family(portal, directory);
    portal.stop();
    awaitEnd(family);
    assertThat(namingIt(directory)).isEmpty();
  }

  private static void await(BooleanSupplier condition) {
    long limit = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(limit);
      Thread.onSpinWait();
    }
  }

  @Test
  void thePortalEndsWithItsDatabase() throws IOException {
    Path directory = PortalProcess.freshDirectory("launcher-widowed");
    PortalProcess portal = PortalProcess.start(directory);
    portal.awaitReady();
    String pid = Files.readAllLines(directory.resolve("postgres/postmaster.pid")).get(0).strip();
    ProcessHandle.of(Long.parseLong(pid)).orElseThrow().destroyForcibly();
    End end = portal.awaitEnd();
    assertThat(end.exit()).isEqualTo(1);
    assertThat(end.err()).anyMatch(line -> line.startsWith("PostgreSQL has ended"));
  }

  @Test
  void killedPortalLosesNothing() {
    Path directory = PortalProcess.freshDirectory("launcher-kill");
    PortalProcess killed = PortalProcess.start(directory);
    killed.awaitReady();
    Caller admin = killed.caller().signedIn("admin", PortalProcess.ADMIN_PASSWORD);
    String password = "written just before the end";
    admin
        .post(
            "/api/v1/users",
            Map.of("username", "last", "roles", List.of("viewer"), "password", password))
        .expect(201);
    long acts = acts(admin);
    List<ProcessHandle> orphans = family(killed, directory);
    killed.kill();
    assertThat(orphans).anyMatch(ProcessHandle::isAlive);

    try (PortalProcess next = PortalProcess.start(directory)) {
      next.awaitReady();
      awaitEnd(orphans);
      next.caller().signedIn("last", password).get("/api/v1/profiles").expect(200);
      Caller again = next.caller().signedIn("admin", PortalProcess.ADMIN_PASSWORD);
      assertThat(acts(again)).isGreaterThanOrEqualTo(acts);
    }
  }

  private static long acts(Caller caller) {
    return caller.get("/api/v1/journal?limit=1").expect(200).json().get("total").longValue();
  }

  @Test
  void healthNamesHibernate() throws IOException {
    JsonNode ready = living.caller().get("/health/ready").expect(200).json();
    assertThat(ready.at("/checks/0/data/persistence").textValue()).startsWith("org.hibernate.");
    Path application = PortalProcess.distribution().resolve("palisade.war");
    try (ZipFile archive = new ZipFile(application.toFile())) {
      assertThat(archive.stream())
          .filteredOn(entry -> entry.getName().matches(".*/(hibernate-core|eclipselink)-.*"))
          .singleElement()
          .asString()
          .startsWith("WEB-INF/lib/hibernate-core-6.6.");
    }
  }

  @Test
  void theListenerSaysNothingAboutItsServer() {
    Answer start = living.caller().get("/");
    Answer page = living.caller().get(URI.create(start.header("Location")).getPath());
    assertThat(page.header("Set-Cookie")).isEmpty();
    Answer signIn =
        living
            .caller()
            .send(
                "POST",
                "/login",
                "application/x-www-form-urlencoded",
                BodyPublishers.ofString(
                    "signIn=signIn&signIn:submit=&signIn:username=admin&signIn:password="
                        + PortalProcess.ADMIN_PASSWORD
                        + "&jakarta.faces.ViewState=stateless&primefaces.nonce="
                        + "OWQ3NDI3ODEtZWVkYi00ODU3LWJlZDUtYjM5ODMwNzcwNDY0"));
    assertThat(signIn.status()).isEqualTo(302);
    assertThat(signIn.header("Set-Cookie")).contains("HttpOnly", "SameSite=Lax");
    for (Answer answer : List.of(start, page, signIn, living.caller().get("/health/live"))) {
      assertThat(answer.header("Server")).isEmpty();
      assertThat(answer.header("X-Powered-By")).isEmpty();
    }
  }

  @Test
  void everyCommitIsOnDiskBeforeItIsAcknowledged() throws SQLException {
    Login app = login(APP);
    try (Connection connection = DriverManager.getConnection(url(), app.user(), app.password());
        Statement statement = connection.createStatement()) {
      for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
        assertThat(show(statement, setting)).as(setting).isEqualTo("on");
      }
      assertThat(show(statement, "listen_addresses")).isEqualTo("127.0.0.1");
    }
  }

  private static String show(Statement statement, String setting) throws SQLException {
    try (ResultSet row = statement.executeQuery("show " + setting)) {
      row.next();
      return row.getString(1);
    }
  }

  @ParameterizedTest
  @MethodSource("roles")
  void nobodySignsInToTheDatabaseWithoutThePassword(String role) {
    assertThatThrownBy(() -> DriverManager.getConnection(url(), role, WRONG))
        .hasMessageContaining("password authentication failed");
    assertThatThrownBy(() -> DriverManager.getConnection(url(), role, null))
        .hasMessageContaining("no password was provided");
  }

  static List<String> roles() {
    return List.of("postgres", OWNER, APP);
  }

  @Test
  void onlyTheOperatorReadsTheDatabaseSecret() throws IOException {
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(data.resolve("postgres-passwords"))))
        .isEqualTo("rw-------");
  }

  /** The line that says why a portal did not start; fails unless nothing of it was left. */
  private static String causeOf(PortalProcess portal, Path directory) {
    End end = portal.awaitEnd();
    assertThat(end.out()).isEmpty();
    assertThat(end.err()).singleElement().asString().startsWith("Palisade cannot start. ");
    assertThat(end.exit()).isEqualTo(1);
    assertThat(namingIt(directory)).isEmpty();
    assertThat(directory.resolve("postgres").resolve("postmaster.pid")).doesNotExist();
    return end.err().get(0);
  }

  /** What a portal started, whether PostgreSQL is still its child or not. */
  private static List<ProcessHandle> family(PortalProcess portal, Path directory) {
    return Stream.concat(
            portal.children().stream(),
            namingIt(directory).stream().flatMap(p -> Stream.concat(Stream.of(p), p.descendants())))
        .distinct()
        .toList();
  }

  /** PostgreSQL servers on a data directory, whoever is their parent now. */
  private static List<ProcessHandle> namingIt(Path directory) {
    String database = directory.resolve("postgres").toString();
    return ProcessHandle.allProcesses()
        .filter(p -> p.info().commandLine().orElse("").contains(database))
        .toList();
  }

  private static void awaitEnd(List<ProcessHandle> processes) {
    CompletableFuture.allOf(
            processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
        .orTimeout(SOON.toSeconds(), TimeUnit.SECONDS)
        .join();
  }

  /** The database of the living portal. */
  private static String url() {
    try {
      String port = Files.readAllLines(data.resolve("postgres").resolve("postmaster.pid")).get(3);
      return "jdbc:postgresql://127.0.0.1:" + port.strip() + "/palisade";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Login login(String user) {
    try {
      String secret = Files.readString(data.resolve("postgres-passwords")).strip();
      return DatabaseAccess.derivedLogin(secret, user);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
