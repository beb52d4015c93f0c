package dev.palisade.release.application;

import dev.palisade.account.Permission;
import dev.palisade.account.Requires;
import dev.palisade.chain.KeyRing;
import dev.palisade.chain.SignedStatement;
import dev.palisade.core.DomainException;
import dev.palisade.core.Problem;
import dev.palisade.fleet.FetchScope;
import dev.palisade.release.Offer;
import dev.palisade.release.Releases;
import dev.palisade.release.Statement;
import dev.palisade.release.StatementDesk;
import dev.palisade.release.Statements;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.Optional;

/** Tells a host what it is to run, in words that were signed before it asked. */
@ApplicationScoped
public class ReadDesired {

  /** What was signed for a host, and the rollout that it comes from. */
  public record Desired(SignedStatement signed, long rollout) {}

  @Inject private Releases releases;
  @Inject private Statements statements;
  @Inject private FetchScope scope;
  @Inject private StatementDesk desk;
  @Inject private Clock clock;

  /** Empty when nothing was ever offered. */
  @Requires(Permission.FETCH_RELEASES)
  @Transactional
  public Optional<Desired> desired() {
    return releases
        .lastOffer(scope.self())
        .map(offer -> new Desired(newest(offer).signed(), offer.getRolloutId()));
  }

  private Statement newest(Offer offer) {
    return statements
        .newest(offer)
        .orElseThrow(
            () ->
                new DomainException(
                    Problem.NOT_SIGNED,
                    "What was offered is not signed yet; the portal does so within minutes."));
  }

  /** The keys by which it can be checked, and the outgoing ones whose word still counts. */
  @Requires(Permission.FETCH_RELEASES)
  public KeyRing keys() {
    return desk.keys().ring().at(clock.instant());
  }
}
