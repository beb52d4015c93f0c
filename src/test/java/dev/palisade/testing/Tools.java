package dev.palisade.testing;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Programs of the system that some tests need. */
public final class Tools {

  /** What a program printed, and how it ended. */
  public record Output(int exit, String out, String err) {}

  private Tools() {}

  /** Goes on where the condition holds; else says why the test did not run, and in CI fails. */
  public static void require(boolean there, String what) {
    if (!there && "true".equals(System.getenv("CI"))) {
      fail(what);
    }
    Assumptions.assumeTrue(there, what);
  }

  public static void requireNix() {
    require(
        Files.isExecutable(Path.of("/usr/bin/nix-instantiate")), "Nix is not installed (nix-bin)");
  }

  public static void requireChromium() {
    require(Files.isExecutable(Path.of("/usr/bin/chromium")), "Chromium is not installed");
  }

  /** Runs a program to its end, at most two minutes. */
  public static Output run(Map<String, String> environment, String input, String... command) {
    try {
      Path out = Files.createTempFile("out", "");
      Path err = Files.createTempFile("err", "");
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().putAll(environment);
      Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
      process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().close();
      if (!process.waitFor(2, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new IllegalStateException(List.of(command) + " did not end");
      }
      Output output = new Output(process.exitValue(), Files.readString(out), Files.readString(err));
      Files.delete(out);
      Files.delete(err);
      return output;
    } catch (IOException e) {
      throw new IllegalStateException("Cannot run " + List.of(command), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Runs a Nix program with a store of its own, so that it works as any user. */
  public static Output nix(String... command) {
    return nix(Map.of(), command);
  }

  public static Output nix(Map<String, String> more, String... command) {
    try {
      Path home = Files.createDirectories(Path.of("target", "nix").toAbsolutePath());
      Map<String, String> environment =
          new java.util.HashMap<>(
              Map.of(
                  "HOME", home.toString(),
                  "NIX_STORE_DIR", home.resolve("store").toString(),
                  "NIX_STATE_DIR", home.resolve("state").toString(),
                  "NIX_LOG_DIR", home.resolve("log").toString(),
                  "NIX_CONF_DIR", home.resolve("conf").toString()));
      environment.putAll(more);
      return run(environment, "", command);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
