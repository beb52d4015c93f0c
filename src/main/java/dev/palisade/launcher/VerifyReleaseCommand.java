package dev.palisade.launcher;

import dev.palisade.chain.VerifyingKey;
import dev.palisade.proof.BrokenProof;
import dev.palisade.proof.ModuleProof;
import dev.palisade.proof.ReleaseProof;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Proves a release, and what was downloaded of it, with nothing but files. */
final class VerifyReleaseCommand {

  static final String NAME = "verify-release";

  private static final int PROVEN = 0;
  private static final int BROKEN = 1;
  private static final int UNREADABLE = 2;
  private static final String KEY = "--key";
  private static final String HOST = "--host";
  private static final String MODULE = "--module";
  private static final List<String> OPTIONS = List.of(KEY, HOST, MODULE);

  private VerifyReleaseCommand() {}

  /**
   * Prints what was proven, one thing to a line, or the first thing that does not hold.
   *
   * @param arguments {@code verify-release PROOF_FILE [--module FILE] [--host NAME] [--key
   *     PUBLIC_KEY_FILE] [--single-operator]}
   * @return the exit code
   */
  static int run(String[] arguments, PrintStream out, PrintStream err) {
    Map<String, String> options = new HashMap<>();
    List<String> words = new ArrayList<>(List.of(arguments));
    boolean singleOperator = words.remove(ReleaseProof.SINGLE_OPERATOR);
    boolean readable = words.size() >= 2 && words.size() % 2 == 0;
    for (int i = 2; readable && i < words.size(); i += 2) {
      readable =
          OPTIONS.contains(words.get(i)) && options.put(words.get(i), words.get(i + 1)) == null;
    }
    if (!readable) {
      err.println(
          "Usage: java -jar palisade.jar "
              + NAME
              + " PROOF_FILE [--module default.nix, ARCHIVE or FOLDER] [--host NAME] [--key"
              + " PUBLIC_KEY_FILE] [--single-operator]");
      return UNREADABLE;
    }
    String reading = words.get(1);
    try {
      byte[] proof = Files.readAllBytes(Path.of(reading));
      VerifyingKey key = null;
      if (options.containsKey(KEY)) {
        reading = options.get(KEY);
        key = VerifyingKey.ofPem(Files.readString(Path.of(reading)));
      }
      ReleaseProof.Proven proven =
          ReleaseProof.verify(
              proof, new ReleaseProof.Trust(key, options.get(HOST), singleOperator), Instant.now());
      if (options.containsKey(MODULE)) {
        reading = options.get(MODULE);
        ModuleProof.verify(Path.of(reading), proven.release());
      }
      proven.lines().forEach(out::println);
      if (options.containsKey(MODULE)) {
        out.println(reading + " is what it renders to, byte for byte");
      }
      return PROVEN;
    } catch (BrokenProof e) {
      out.println(e.getMessage());
      return BROKEN;
    } catch (IOException | IllegalArgumentException e) {
      err.println(reading + " cannot be read: " + StartFailure.rootMessage(e));
      return UNREADABLE;
    }
  }
}
