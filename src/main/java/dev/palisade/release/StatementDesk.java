package dev.palisade.release;

import dev.palisade.chain.DesiredStatement;
import dev.palisade.chain.KeyFile;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;

/** Signs what hosts are to run, with the key that lies in a file and not in the database. */
@ApplicationScoped
public class StatementDesk {

  @Inject private Statements statements;
  @Inject private ReleaseCheck check;
  @Inject private Clock clock;

  private final KeyFile file = KeyFile.ofPortal();

  /** The key that signs now, and the ring that it belongs to. */
  public KeyFile.Keys keys() {
    return file.read();
  }

  /** Signs an offer, whose release is proven before. */
  public void sign(Offer offer) {
    Release release = offer.getRelease();
    check.requireProven(release);
    DesiredStatement said =
        DesiredStatement.issued(
            offer.getHost().getName(),
            release.getDigest(),
            release.getNarHash(),
            offer.getNumber(),
            clock.instant());
    statements.add(new Statement(offer, said.signedBy(keys().signing())));
  }
}
