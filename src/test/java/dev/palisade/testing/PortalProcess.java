package dev.palisade.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The packaged distribution as a process of its own, as an operator starts it: {@code java -jar},
 * environment variables, a data directory.
 */
public final class PortalProcess implements AutoCloseable {

  /** The password of {@code admin} in every portal that tests start. */
  public static final String ADMIN_PASSWORD = "administrator";

  private static final String READY = "Palisade is ready: ";
  private static final Duration START_LIMIT = Duration.ofMinutes(5);
  private static final Duration STOP_LIMIT = Duration.ofMinutes(1);

  /** How a process ended, and what it said. */
  public record End(int exit, List<String> out, List<String> err) {}

  private final Process process;
  private final URI address;
  private final CompletableFuture<List<String>> out;
  private final CompletableFuture<List<String>> err;
  private final CompletableFuture<String> ready = new CompletableFuture<>();

  private PortalProcess(Process process, int port) {
    this.process = process;
    this.address = URI.create("http://127.0.0.1:" + port);
    this.out = CompletableFuture.supplyAsync(this::listen);
    this.err = CompletableFuture.supplyAsync(() -> process.errorReader().lines().toList());
  }

  /** Starts a portal on a free port; returns at once. */
  public static PortalProcess start(Path data) {
    return start(data, Map.of());
  }

  /**
   * Starts a portal; returns at once.
   *
   * @param more variables that win over the usual ones; {@code PALISADE_HTTP_PORT} is a free port
   *     unless named here
   */
  public static PortalProcess start(Path data, Map<String, String> more, String... arguments) {
    return start(distribution(), data, more, arguments);
  }

  /** The same from another folder than the one that was built. */
  public static PortalProcess start(
      Path distribution, Path data, Map<String, String> more, String... arguments) {
    Map<String, String> environment =
        new TreeMap<>(
            Map.of(
                "PALISADE_DATA_DIR", data.toString(),
                "PALISADE_ADMIN_PASSWORD", ADMIN_PASSWORD,
                "PALISADE_HTTP_PORT", String.valueOf(freePort())));
    environment.putAll(more);
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                System.getProperty("palisade.portal-jvm", "-XX:TieredStopAtLevel=1"),
                "-jar",
                distribution.resolve("palisade.jar").toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("PALISADE_"));
    builder.environment().putAll(environment);
    try {
      String port = environment.get("PALISADE_HTTP_PORT");
      return new PortalProcess(
          builder.start(), port.matches("[0-9]{1,5}") ? Integer.parseInt(port) : 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The folder that the build packed. */
  public static Path distribution() {
    return Path.of(System.getProperty("palisade.dist", "target/palisade")).toAbsolutePath();
  }

  /** A data directory that does not exist yet, under {@code target}. */
  public static Path freshDirectory(String name) {
    Path directory = Path.of("target", "portals", name).toAbsolutePath();
    if (!Files.exists(directory)) {
      return directory;
    }
    try {
      Files.walkFileTree(
          directory,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.delete(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException failure)
                throws IOException {
              Files.delete(folder);
              return FileVisitResult.CONTINUE;
            }
          });
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A port on which nobody listened a moment ago. */
  public static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Waits until the portal says that it is ready.
   *
   * @return the address that it names
   */
  public String awaitReady() {
    try {
      return ready.get(START_LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException | TimeoutException e) {
      kill();
      throw new IllegalStateException("The portal does not start: " + err.join(), e);
    }
  }

  /** Waits until the process has ended by itself. */
  public End awaitEnd() {
    try {
      if (!process.waitFor(START_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        kill();
        throw new IllegalStateException("The portal does not end: " + out.join() + err.join());
      }
      return new End(process.exitValue(), out.join(), err.join());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Sends SIGTERM and waits for the end. */
  public End stop() {
    // By its handle: the process itself would close its output, and its last words were lost.
    process.toHandle().destroy();
    try {
      if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        kill();
        throw new IllegalStateException("The portal does not stop on SIGTERM");
      }
      return new End(process.exitValue(), out.join(), err.join());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Sends SIGKILL to the portal alone; what it started lives on. */
  public void kill() {
    process.toHandle().destroyForcibly();
    process.onExit().join();
  }

  /** What the portal started and what these started, for example PostgreSQL. */
  public List<ProcessHandle> children() {
    return process.descendants().toList();
  }

  /** Where it listens, reached by number so that no name service is asked. */
  public URI address() {
    return address;
  }

  /** A caller who has not signed in. */
  public Caller caller() {
    return Caller.anonymous(address);
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      stop();
    }
  }

  private List<String> listen() {
    List<String> lines = new ArrayList<>();
    process
        .inputReader()
        .lines()
        .forEach(
            line -> {
              lines.add(line);
              if (line.startsWith(READY)) {
                ready.complete(line.substring(READY.length()));
              }
            });
    ready.completeExceptionally(new IllegalStateException("It ended before it was ready"));
    return lines;
  }
}
