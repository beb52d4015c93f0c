package dev.palisade.release.application;

import dev.palisade.account.Acts;
import dev.palisade.account.Permission;
import dev.palisade.account.Requires;
import dev.palisade.chain.DesiredStatement;
import dev.palisade.core.DomainException;
import dev.palisade.release.Offer;
import dev.palisade.release.StatementDesk;
import dev.palisade.release.Statements;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Signs again what the present key has not signed for half the life of a statement: what has grown
 * old, and after a rotation everything.
 */
@ApplicationScoped
public class RenewStatements {

  private static final System.Logger LOG = System.getLogger("dev.palisade");
  private static final int AT_ONCE = 200;

  @Inject private Statements statements;
  @Inject private StatementDesk desk;
  @Inject private Acts acts;
  @Inject private Clock clock;

  /**
   * Renews some, unless another node is about it. What is not what people approved is passed over.
   *
   * @param after the offer up to which an earlier call has come, 0 at the beginning
   * @return the offer up to which this one has come, or 0 at the end
   */
  @Requires(Permission.SIGN_STATEMENTS)
  @Transactional
  public long renewSome(long after) {
    if (!statements.claimRenewal()) {
      return 0;
    }
    String keyId = desk.keys().ring().current().id();
    Instant since = clock.instant().minus(DesiredStatement.HALF_LIFE);
    List<Offer> due = statements.due(keyId, since, after, AT_ONCE);
    long signed = due.stream().filter(this::sign).count();
    if (signed > 0) {
      acts.record("statements.renewed", "key", keyId, Map.of("count", signed));
    }
    return due.size() < AT_ONCE ? 0 : due.get(due.size() - 1).id();
  }

  private boolean sign(Offer offer) {
    try {
      desk.sign(offer);
      return true;
    } catch (DomainException e) {
      LOG.log(
          System.Logger.Level.ERROR,
          "Not signed for " + offer.getHost().getName() + ": " + e.detail());
      return false;
    }
  }
}
