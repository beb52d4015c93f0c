package dev.palisade.chain;

import dev.palisade.core.CanonicalJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The file of the portal's private key, and beside it the hand-overs of the keys before it, one
 * line of JSON each. Both are read again when they have changed, so a rotation needs no restart.
 */
public final class KeyFile {

  /** The system property by which the launcher names the file. */
  public static final String PROPERTY = "palisade.signing.key.file";

  private static final String HAND_OVERS = ".hand-overs";

  /** The key that signs, and the ring that it belongs to. */
  public record Keys(SigningKey signing, KeyRing ring) {}

  private record Seen(FileTime key, FileTime handOvers, Keys keys) {}

  private final Path file;
  private @Nullable Seen seen;

  public KeyFile(Path file) {
    this.file = file;
  }

  /** The file that the launcher names. */
  public static KeyFile ofPortal() {
    return new KeyFile(Path.of(System.getProperty(PROPERTY, "")));
  }

  /** Where the hand-overs lie. */
  public static Path handOversBeside(Path keyFile) {
    return keyFile.resolveSibling(keyFile.getFileName() + HAND_OVERS);
  }

  /** A hand-over's line, with its end. */
  public static String line(SignedHandOver signed) {
    return CanonicalJson.of(signed.tree()) + "\n";
  }

  /**
   * The keys as the files have them now.
   *
   * @throws UncheckedIOException where they cannot be read
   * @throws IllegalArgumentException where they hold something else
   */
  public synchronized Keys read() {
    try {
      Path handOvers = handOversBeside(file);
      FileTime written = Files.getLastModifiedTime(file);
      FileTime handed =
          Files.exists(handOvers) ? Files.getLastModifiedTime(handOvers) : FileTime.fromMillis(0);
      Seen before = seen;
      if (before != null && before.key.equals(written) && before.handOvers.equals(handed)) {
        return before.keys;
      }
      SigningKey signing = SigningKey.ofPem(Files.readString(file));
      List<SignedHandOver> words =
          Files.exists(handOvers)
              ? Files.readAllLines(handOvers).stream()
                  .map(line -> SignedHandOver.read(CanonicalJson.read(line)))
                  .toList()
              : List.of();
      Keys keys = new Keys(signing, new KeyRing(signing.verifyingKey(), words));
      seen = new Seen(written, handed, keys);
      return keys;
    } catch (IOException e) {
      throw new UncheckedIOException("The signing key cannot be read", e);
    }
  }
}
