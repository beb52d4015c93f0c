package dev.palisade.journal.application;

import dev.palisade.chain.SigningKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The key that signs checkpoints, from the file that the launcher names. */
@ApplicationScoped
class JournalKey {

  private SigningKey key;

  synchronized SigningKey get() {
    if (key == null) {
      Path file = Path.of(System.getProperty("palisade.signing.key.file", ""));
      try {
        key = SigningKey.ofPem(Files.readString(file));
      } catch (IOException e) {
        throw new UncheckedIOException("The signing key cannot be read", e);
      }
    }
    return key;
  }
}
