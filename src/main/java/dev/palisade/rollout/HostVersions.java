package dev.palisade.rollout;

import dev.palisade.assignment.Assignments;
import dev.palisade.core.DomainException;
import dev.palisade.core.Problem;
import dev.palisade.fleet.Host;
import dev.palisade.profile.ProfileVersion;
import dev.palisade.profile.Profiles;
import dev.palisade.release.Offer;
import dev.palisade.release.ReleaseDesk;
import dev.palisade.release.ReleaseRecord.VersionRef;
import dev.palisade.release.Releases;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Works out which version of each of its profiles a host gets: the one that the rollout names, else
 * the one last offered to it.
 */
@ApplicationScoped
public class HostVersions {

  @Inject private Assignments assignments;
  @Inject private Releases releases;
  @Inject private Profiles profiles;

  /**
   * The versions in the order of the host's profiles.
   *
   * @param named the versions that the rollout names
   * @throws DomainException saying why the host cannot take part
   */
  public List<ProfileVersion> of(Host host, List<ProfileVersion> named) {
    List<String> slugs = assignments.of(host);
    if (slugs.isEmpty()) {
      throw refused("It has no profile. Give it one first.");
    }
    for (ProfileVersion version : named) {
      if (!slugs.contains(version.getProfile().getSlug())) {
        throw refused(version.getProfile().getSlug() + " is not among its profiles.");
      }
    }
    Optional<Offer> last = releases.lastOffer(host);
    List<ProfileVersion> versions = new ArrayList<>();
    for (String slug : slugs) {
      ProfileVersion version =
          named.stream()
              .filter(v -> v.getProfile().getSlug().equals(slug))
              .findFirst()
              .or(() -> last.flatMap(offer -> lastOffered(offer, slug)))
              .orElseThrow(
                  () ->
                      refused(
                          "Its profile "
                              + slug
                              + " is neither named by the rollout nor was it offered before."));
      ReleaseDesk.requireApproved(version);
      versions.add(version);
    }
    return versions;
  }

  private Optional<ProfileVersion> lastOffered(Offer offer, String slug) {
    return offer.getRelease().content().profiles().stream()
        .filter(ref -> ref.slug().equals(slug))
        .findFirst()
        .flatMap((VersionRef ref) -> profiles.version(slug, ref.number()));
  }

  private static DomainException refused(String reason) {
    return new DomainException(Problem.CONFLICT, reason);
  }
}
