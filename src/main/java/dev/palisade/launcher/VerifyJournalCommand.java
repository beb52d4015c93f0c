package dev.palisade.launcher;

import dev.palisade.chain.BrokenChain;
import dev.palisade.chain.JournalExport;
import dev.palisade.chain.VerifyingKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** Proves an export of the journal with nothing but the file, and best the portal's public key. */
final class VerifyJournalCommand {

  static final String NAME = "verify-journal";

  private static final int PROVEN = 0;
  private static final int BROKEN = 1;
  private static final int UNREADABLE = 2;

  private VerifyJournalCommand() {}

  /**
   * Prints one line.
   *
   * @param arguments {@code verify-journal FILE [--key PUBLIC_KEY_FILE]}
   * @return the exit code
   */
  static int run(String[] arguments, PrintStream out, PrintStream err) {
    boolean withKey = arguments.length == 4 && arguments[2].equals("--key");
    if (arguments.length != 2 && !withKey) {
      err.println("Usage: java -jar palisade.jar " + NAME + " FILE [--key PUBLIC_KEY_FILE]");
      return UNREADABLE;
    }
    VerifyingKey key = null;
    if (withKey) {
      try {
        key = VerifyingKey.ofPem(Files.readString(Path.of(arguments[3])));
      } catch (IOException | IllegalArgumentException e) {
        err.println("There is no Ed25519 public key to be read in " + arguments[3]);
        return UNREADABLE;
      }
    }
    try (InputStream file = Files.newInputStream(Path.of(arguments[1]))) {
      JournalExport.Proof proof = JournalExport.verify(file, key, Instant.now());
      out.println(
          "%d entries verify, up to %s, signed by %s"
              .formatted(proof.head().number(), proof.head().hash(), proof.keyId()));
      return PROVEN;
    } catch (BrokenChain e) {
      out.println(e.getMessage());
      return BROKEN;
    } catch (IOException | IllegalArgumentException e) {
      err.println(arguments[1] + " cannot be read: " + StartFailure.rootMessage(e));
      return UNREADABLE;
    }
  }
}
