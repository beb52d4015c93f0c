package dev.palisade.launcher;

import dev.palisade.chain.KeyFile;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Starts the portal: database, migrations, server. Prints one line that says where to go, or one
 * line that says why it cannot; stops all of it on SIGTERM or SIGINT, in the opposite order.
 */
public final class Main {

  private static final int FAILED = 1;

  /** What is done instead of a start, to the exit code. */
  private interface Command {
    int run(String[] arguments, PrintStream out, PrintStream err);
  }

  private final Deque<AutoCloseable> started = new ArrayDeque<>();
  private final CountDownLatch startEnded = new CountDownLatch(1);
  private final PrintStream console;
  private volatile boolean stopping;

  private Main(PrintStream console) {
    this.console = console;
  }

  /**
   * Takes {@code --demo}; everything else is set by the environment. {@code verify-journal}, {@code
   * verify-release} and {@code rotate-signing-key} start nothing.
   */
  public static void main(String[] arguments) {
    Map<String, Command> commands =
        Map.of(
            VerifyJournalCommand.NAME, VerifyJournalCommand::run,
            VerifyReleaseCommand.NAME, VerifyReleaseCommand::run,
            RotateKeyCommand.NAME, RotateKeyCommand::run);
    if (arguments.length > 0 && commands.containsKey(arguments[0])) {
      System.exit(commands.get(arguments[0]).run(arguments, System.out, System.err));
    }
    Logger.getLogger("").setLevel(Level.SEVERE);
    Main main = new Main(System.out);
    System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    Runtime.getRuntime().addShutdownHook(new Thread(main::stopWhenStarted, "palisade-stop"));
    try {
      main.start(Settings.read(System.getenv(), arguments));
    } catch (StartFailure e) {
      main.fail(e.getMessage());
    } catch (RuntimeException e) {
      main.fail("Unexpectedly: " + e);
    } finally {
      main.startEnded.countDown();
    }
  }

  private void fail(String cause) {
    stop();
    System.err.println("Palisade cannot start. " + cause);
    Runtime.getRuntime().halt(FAILED);
  }

  private void start(Settings settings) throws StartFailure {
    lock(settings.dataDirectory());
    Server.requireFreePort(settings);
    DatabaseAccess database;
    if (settings.database() == null) {
      EmbeddedDatabase embedded = EmbeddedDatabase.start(settings.dataDirectory());
      keep(embedded);
      embedded.onEnd(this::databaseEnded);
      database = embedded.access();
    } else {
      database = DatabaseAccess.to(settings.database());
    }
    Migrations.run(database);
    SingleOperatorMode.set(database, settings.singleOperator());
    System.setProperty(KeyFile.PROPERTY, SigningKeyFile.prepare(settings).toString());
    handOver(settings, database);
    keep(Server.start(settings, application()));
    console.println("Palisade is ready: " + settings.baseUrl());
    String lines = System.getProperty("palisade.console", "");
    if (!lines.isBlank()) {
      console.println(lines);
    }
  }

  /** Without its database the portal can do nothing; who supervises it starts both again. */
  private void databaseEnded() {
    System.err.println("PostgreSQL has ended, and Palisade ends with it. Start it again.");
    System.exit(FAILED);
  }

  /** Goes on unless the process was told to stop meanwhile. */
  private void keep(AutoCloseable part) throws StartFailure {
    started.push(part);
    if (stopping) {
      throw new StartFailure("It was told to stop while it was starting.");
    }
  }

  /** One portal per data directory, however it is started. */
  private void lock(Path directory) throws StartFailure {
    try {
      Files.createDirectories(directory);
      FileChannel channel =
          FileChannel.open(
              directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      started.push(channel);
      FileLock lock = channel.tryLock();
      if (lock == null) {
        throw new StartFailure("Another Palisade is running on the data directory " + directory);
      }
    } catch (IOException | OverlappingFileLockException e) {
      throw new StartFailure("The data directory " + directory + " cannot be used", e);
    }
  }

  /** What the application needs to know; the owner's credentials are not among it. */
  private static void handOver(Settings settings, DatabaseAccess database) {
    System.setProperty("db.url", database.url());
    System.setProperty("db.user", database.app().user());
    System.setProperty("db.password", database.app().password());
    System.setProperty("palisade.base.url", settings.baseUrl());
    System.setProperty("palisade.loopback", String.valueOf(settings.isLoopback()));
    System.setProperty(
        "palisade.demo",
        String.valueOf(settings.demo() && settings.database() == null && settings.isLoopback()));
    System.setProperty(
        "palisade.admin.password",
        settings.adminPassword() == null ? randomPassword() : settings.adminPassword());
    System.setProperty(
        "palisade.admin.password.random", String.valueOf(settings.adminPassword() == null));
    String version = Main.class.getPackage().getImplementationVersion();
    System.setProperty("palisade.version", version == null ? "development" : version);
  }

  private static String randomPassword() {
    byte[] bytes = new byte[15];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static Path application() throws StartFailure {
    try {
      Path here = Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      Path war = here.resolveSibling("palisade.war");
      if (!Files.exists(war)) {
        throw new StartFailure("palisade.war is missing beside " + here);
      }
      return war;
    } catch (URISyntaxException e) {
      throw new StartFailure("The distribution's folder cannot be found", e);
    }
  }

  /**
   * A part that is being started is not left behind: the start ends first, one way or the other.
   */
  private void stopWhenStarted() {
    stopping = true;
    try {
      startEnded.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    stop();
  }

  private synchronized void stop() {
    while (!started.isEmpty()) {
      try {
        started.pop().close();
      } catch (Exception e) {
        System.getLogger("dev.palisade").log(System.Logger.Level.WARNING, "Not stopped cleanly", e);
      }
    }
  }
}
