package dev.palisade.release.application;

import dev.palisade.account.Permission;
import dev.palisade.account.Requires;
import dev.palisade.assignment.Waiver;
import dev.palisade.assignment.Waivers;
import dev.palisade.chain.KeyFile;
import dev.palisade.chain.SignedStatement;
import dev.palisade.core.Digest;
import dev.palisade.core.DomainException;
import dev.palisade.fleet.Host;
import dev.palisade.fleet.Hosts;
import dev.palisade.profile.ProfileVersion;
import dev.palisade.profile.Profiles;
import dev.palisade.release.ApprovedVersions;
import dev.palisade.release.ApprovedWaiver;
import dev.palisade.release.Offer;
import dev.palisade.release.ProofBundle;
import dev.palisade.release.Release;
import dev.palisade.release.ReleaseCheck;
import dev.palisade.release.Releases;
import dev.palisade.release.Statement;
import dev.palisade.release.StatementDesk;
import dev.palisade.release.Statements;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Hands out what proves a release where there is no portal. */
@ApplicationScoped
public class GiveProof {

  /** More statements than this would only make the file long. */
  private static final int MOST_STATEMENTS = 200;

  @Inject private Releases releases;
  @Inject private Statements statements;
  @Inject private Profiles profiles;
  @Inject private Waivers waivers;
  @Inject private Hosts hosts;
  @Inject private ScopedOffers scoped;
  @Inject private ReleaseCheck check;
  @Inject private StatementDesk desk;
  @Inject private Clock clock;

  /** The proof with the statements of hosts for which the token may fetch. */
  @Requires(Permission.FETCH_RELEASES)
  @Transactional
  public ProofBundle toFetcher(Digest digest) {
    List<Offer> offers = scoped.offers(digest);
    return bundle(offers.get(0).getRelease(), offers);
  }

  /**
   * The proof with the statements of one host, or of the first ones by offer.
   *
   * @param host null for whichever hosts were offered it
   */
  @Requires(Permission.VIEW)
  @Transactional
  public ProofBundle toReader(Digest digest, String host) {
    Release release =
        releases.find(digest).orElseThrow(() -> DomainException.notFound("release", digest.hex()));
    if (host == null) {
      return bundle(release, releases.offers(digest));
    }
    Host one = hosts.find(host).orElseThrow(() -> DomainException.notFound("host", host));
    List<Offer> offers = releases.offers(one, digest);
    if (offers.isEmpty()) {
      throw DomainException.notFound("offer of this release to", host);
    }
    return bundle(release, offers.subList(0, 1));
  }

  /** The waivers that the release goes by, each with those of the hosts that it is for. */
  private List<ApprovedWaiver> waivers(Release release, List<Offer> told) {
    Map<Long, Waiver> approved = new TreeMap<>();
    Map<Long, Set<String>> names = new TreeMap<>();
    if (!release.content().waivers().isEmpty()) {
      for (Offer offer : told) {
        for (Waiver waiver : waivers.of(offer.getHost())) {
          if (waiver.wasApproved() && isOf(waiver, release)) {
            approved.put(waiver.getId(), waiver);
            names
                .computeIfAbsent(waiver.getId(), any -> new TreeSet<>())
                .add(offer.getHost().getName());
          }
        }
      }
    }
    return approved.values().stream()
        .map(waiver -> approved(waiver, List.copyOf(names.get(waiver.getId()))))
        .toList();
  }

  private static boolean isOf(Waiver waiver, Release release) {
    return release.content().waivers().stream()
        .anyMatch(
            waived ->
                waived.key().equals(waiver.getKey())
                    && waived.effect().equals(waiver.getEffect().code())
                    && Objects.equals(waived.value(), waiver.value()));
  }

  private static ApprovedWaiver approved(Waiver waiver, List<String> hosts) {
    return new ApprovedWaiver(
        waiver.getId(),
        waiver.getKey(),
        waiver.value(),
        waiver.getReason(),
        waiver.getRequestedBy(),
        waiver.getDecidedBy(),
        waiver.getDecidedAt(),
        waiver.getExpiresAt(),
        waiver.isByRequester(),
        hosts);
  }

  private ProofBundle bundle(Release release, List<Offer> offers) {
    check.requireProven(release);
    Instant now = clock.instant();
    KeyFile.Keys keys = desk.keys();
    List<ProfileVersion> versions =
        release.content().profiles().stream()
            .map(ref -> profiles.existing(ref.slug(), ref.number()))
            .toList();
    List<Offer> told = offers.stream().limit(MOST_STATEMENTS).toList();
    ApprovedVersions approvals =
        ApprovedVersions.of(release, versions, waivers(release, told), now);
    List<SignedStatement> signed =
        told.stream()
            .flatMap(offer -> statements.newest(offer).stream())
            .map(Statement::signed)
            .toList();
    return new ProofBundle(
        release.content().canonical(),
        signed,
        new ProofBundle.SignedApprovals(
            approvals, keys.ring().current().id(), keys.signing().sign(approvals.text())),
        versions.stream().map(version -> version.content().canonical()).toList(),
        keys.ring().at(now));
  }
}
