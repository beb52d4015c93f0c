package dev.palisade.launcher;

import dev.palisade.chain.KeyFile;
import dev.palisade.chain.KeyHandOver;
import dev.palisade.chain.KeyRing;
import dev.palisade.chain.SignedHandOver;
import dev.palisade.chain.SigningKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The file of the key that signs statements and the journal's checkpoints. Nobody but its owner may
 * read it, and the public half lies in the data directory for whoever verifies.
 */
final class SigningKeyFile {

  private static final String NAME = "journal-signing-key";
  private static final String NEXT = ".next";
  private static final Set<PosixFilePermission> OWNERS =
      PosixFilePermissions.fromString("rwx------");

  private SigningKeyFile() {}

  /** The file to hand to the application; made at the first start unless the settings name one. */
  static Path prepare(Settings settings) throws StartFailure {
    Path file = of(settings);
    try {
      if (settings.signingKeyFile() == null && !Files.exists(file)) {
        Files.move(written(file, SigningKey.fresh()), file, StandardCopyOption.ATOMIC_MOVE);
      }
      requireOwnersOnly(file);
      publish(settings, new KeyFile(file).read().ring());
      return file;
    } catch (IOException | UncheckedIOException e) {
      throw new StartFailure("The signing key " + file + " cannot be used", e);
    } catch (IllegalArgumentException e) {
      throw new StartFailure(
          "The signing key "
              + file
              + " is no Ed25519 private key in PEM form, or "
              + KeyFile.handOversBeside(file).getFileName()
              + " is not as it was written; make a key with openssl genpkey -algorithm ed25519");
    }
  }

  /**
   * Puts a fresh key in the place of the present one, which first signs that it hands over. The
   * present one is gone then. Broken off anywhere, it can be run again: a hand-over that was
   * written is carried out, and no second one is.
   */
  static SignedHandOver rotate(Settings settings, Instant now) throws StartFailure {
    Path file = of(settings);
    Path next = file.resolveSibling(file.getFileName() + NEXT);
    try {
      requireOwnersOnly(file);
      KeyFile.Keys keys = new KeyFile(file).read();
      List<SignedHandOver> before = keys.ring().handOvers();
      Optional<SignedHandOver> begun =
          before.isEmpty() || !Files.exists(next)
              ? Optional.empty()
              : Optional.of(before.get(before.size() - 1)).filter(s -> leadsTo(s, keys, next));
      SignedHandOver signed = begun.isPresent() ? begun.get() : begin(file, keys, now);
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
      publish(settings, new KeyFile(file).read().ring());
      return signed;
    } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
      throw new StartFailure("The signing key " + file + " cannot be rotated", e);
    }
  }

  private static boolean leadsTo(SignedHandOver signed, KeyFile.Keys keys, Path next) {
    return signed.handOver().from().id().equals(keys.ring().current().id())
        && signed.handOver().to().id().equals(new KeyFile(next).read().ring().current().id());
  }

  private static SignedHandOver begin(Path file, KeyFile.Keys keys, Instant now)
      throws IOException {
    SigningKey fresh = SigningKey.fresh();
    written(file, fresh);
    SignedHandOver signed = KeyHandOver.now(keys.signing(), fresh, now);
    Path words = KeyFile.handOversBeside(file);
    Path longer = words.resolveSibling(words.getFileName() + NEXT);
    String before = Files.exists(words) ? Files.readString(words) : "";
    Files.writeString(longer, before + KeyFile.line(signed));
    Files.move(longer, words, StandardCopyOption.ATOMIC_MOVE);
    return signed;
  }

  private static Path of(Settings settings) {
    return settings.signingKeyFile() == null
        ? settings.dataDirectory().resolve(NAME)
        : settings.signingKeyFile();
  }

  /** A key written beside the file whose place it takes. */
  private static Path written(Path file, SigningKey key) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + NEXT);
    Files.deleteIfExists(fresh);
    Files.createFile(
        fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(fresh, key.pem(), StandardOpenOption.WRITE, StandardOpenOption.SYNC);
    return fresh;
  }

  private static void publish(Settings settings, KeyRing ring) throws IOException {
    Files.writeString(settings.dataDirectory().resolve(NAME + ".pub"), ring.current().pem());
  }

  private static void requireOwnersOnly(Path file) throws IOException, StartFailure {
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (view != null && !OWNERS.containsAll(view.readAttributes().permissions())) {
      throw new StartFailure(
          "The signing key "
              + file
              + " can be read by others; chmod 600 it, and think about another");
    }
  }
}
