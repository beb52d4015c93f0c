package dev.palisade.launcher;

import dev.palisade.chain.KeyHandOver;
import java.io.PrintStream;
import java.time.Instant;

/** Lets the signing key hand over to a fresh one; a running portal takes it up by itself. */
final class RotateKeyCommand {

  static final String NAME = "rotate-signing-key";

  private static final int DONE = 0;
  private static final int FAILED = 1;
  private static final int USAGE = 2;

  private RotateKeyCommand() {}

  /**
   * Prints one line.
   *
   * @param arguments {@code rotate-signing-key}; the environment says which key
   * @return the exit code
   */
  static int run(String[] arguments, PrintStream out, PrintStream err) {
    if (arguments.length != 1) {
      err.println("Usage: java -jar palisade.jar " + NAME);
      return USAGE;
    }
    try {
      KeyHandOver done =
          SigningKeyFile.rotate(Settings.read(System.getenv()), Instant.now()).handOver();
      out.println(
          "Key %s has handed over to %s; its word counts until %s"
              .formatted(done.from().id(), done.to().id(), done.until()));
      return DONE;
    } catch (StartFailure e) {
      err.println(e.getMessage());
      return FAILED;
    }
  }
}
