package dev.palisade.rollout;

import dev.palisade.assignment.Assignments;
import dev.palisade.assignment.HostParameters;
import dev.palisade.assignment.Waivers;
import dev.palisade.catalog.Catalog;
import dev.palisade.core.DomainException;
import dev.palisade.core.Problem;
import dev.palisade.fleet.Host;
import dev.palisade.profile.EffectiveProfile;
import dev.palisade.profile.EffectiveProfile.Missing;
import dev.palisade.profile.Layers;
import dev.palisade.profile.ProfileVersion;
import dev.palisade.profile.Profiles;
import dev.palisade.profile.VersionRef;
import dev.palisade.profile.VersionState;
import dev.palisade.release.Offer;
import dev.palisade.release.ReleaseDesk;
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
  @Inject private HostParameters parameters;
  @Inject private Waivers waivers;
  @Inject private Releases releases;
  @Inject private Profiles profiles;
  @Inject private Catalog catalog;
  @Inject private ReleaseDesk releaseDesk;

  /**
   * The versions in the order of the host's profiles, each over all that lies under it.
   *
   * @param named the versions that the rollout names
   * @throws DomainException saying why the host cannot take part
   */
  public List<ProfileVersion> of(Host host, List<ProfileVersion> named) {
    if (host.getState() == Host.State.PENDING) {
      throw refused("It enrolled itself and waits to be accepted.");
    }
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
      versions.add(version);
    }
    List<ProfileVersion> layers = Layers.of(versions, profiles);
    layers.forEach(releaseDesk::requireApproved);
    EffectiveProfile.of(layers, parameters.supplied(host), Missing.REFUSED, catalog)
        .waivedBy(waivers.changes(host));
    return layers;
  }

  /**
   * The newest approved version of each of its profiles, in their order.
   *
   * @throws DomainException {@link Problem#NOT_APPROVED} naming a profile that has none
   */
  public List<ProfileVersion> newest(Host host) {
    List<ProfileVersion> newest = new ArrayList<>();
    for (String slug : assignments.of(host)) {
      newest.add(
          profiles.versions(slug).stream()
              .filter(v -> v.getState() == VersionState.APPROVED)
              .findFirst()
              .orElseThrow(
                  () ->
                      new DomainException(
                          Problem.NOT_APPROVED,
                          slug + " has no approved version yet. Have one approved first.")));
    }
    return newest;
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
