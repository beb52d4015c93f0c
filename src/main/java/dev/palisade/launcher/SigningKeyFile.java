package dev.palisade.launcher;

import dev.palisade.chain.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * The file of the key that signs the journal's checkpoints. Nobody but its owner may read it, and
 * the public half lies in the data directory for whoever verifies.
 */
final class SigningKeyFile {

  private static final String NAME = "journal-signing-key";
  private static final Set<PosixFilePermission> OWNERS =
      PosixFilePermissions.fromString("rwx------");

  private SigningKeyFile() {}

  /** The file to hand to the application; made at the first start unless the settings name one. */
  static Path prepare(Settings settings) throws StartFailure {
    Path own = settings.dataDirectory().resolve(NAME);
    Path file = settings.signingKeyFile() == null ? own : settings.signingKeyFile();
    try {
      if (file.equals(own) && !Files.exists(own)) {
        create(own);
      }
      requireOwnersOnly(file);
      SigningKey key = SigningKey.ofPem(Files.readString(file));
      Files.writeString(own.resolveSibling(NAME + ".pub"), key.verifyingKey().pem());
      return file;
    } catch (IOException e) {
      throw new StartFailure("The signing key " + file + " cannot be used", e);
    } catch (IllegalArgumentException e) {
      throw new StartFailure(
          "The signing key "
              + file
              + " is no Ed25519 private key in PEM form; make one with"
              + " openssl genpkey -algorithm ed25519");
    }
  }

  private static void create(Path file) throws IOException {
    Path fresh = file.resolveSibling(NAME + ".new");
    Files.deleteIfExists(fresh);
    Files.createFile(
        fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(fresh, SigningKey.fresh().pem());
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
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
