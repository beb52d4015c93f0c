package dev.palisade.journal.application;

import dev.palisade.chain.KeyFile;
import jakarta.enterprise.context.ApplicationScoped;

/** The keys that sign checkpoints, from the file that the launcher names. */
@ApplicationScoped
class JournalKey {

  private final KeyFile file = KeyFile.ofPortal();

  KeyFile.Keys get() {
    return file.read();
  }
}
