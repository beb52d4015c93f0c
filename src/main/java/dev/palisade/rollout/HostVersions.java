package dev.palisade.rollout;

import dev.palisade.assignment.Assignments;
import dev.palisade.assignment.HostParameters;
import dev.palisade.assignment.Waivers;
import dev.palisade.catalog.Catalog;
import dev.palisade.catalog.SettingValue;
import dev.palisade.core.DomainException;
import dev.palisade.core.Problem;
import dev.palisade.fleet.Host;
import dev.palisade.fleet.HostGroup;
import dev.palisade.fleet.HostGroups;
import dev.palisade.profile.EffectiveProfile;
import dev.palisade.profile.EffectiveProfile.Missing;
import dev.palisade.profile.Layers;
import dev.palisade.profile.ProfileVersion;
import dev.palisade.profile.Profiles;
import dev.palisade.profile.VersionRef;
import dev.palisade.release.Offer;
import dev.palisade.release.ReleaseDesk;
import dev.palisade.release.Releases;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Works out which version of each of its profiles a host gets: the one that the rollout names, else
 * the one last offered to it.
 */
@ApplicationScoped
public class HostVersions {

  /** From so many hosts on, what is known of all of them is asked for at once. */
  private static final int MANY = 5;

  @Inject private Assignments assignments;
  @Inject private HostParameters parameters;
  @Inject private Waivers waivers;
  @Inject private HostGroups groups;
  @Inject private Releases releases;
  @Inject private Profiles profiles;
  @Inject private Catalog catalog;
  @Inject private ReleaseDesk releaseDesk;

  /**
   * For some hosts, at this moment.
   *
   * @param hosts how many it will be asked about
   * @param named the versions that the rollout names
   */
  public Resolution resolution(int hosts, List<ProfileVersion> named) {
    if (hosts < MANY) {
      return new Resolution(named, assignments::of, releases::lastOffer, waivers::changes);
    }
    Map<String, List<String>> assigned = assignments.all();
    Map<Long, Offer> offers =
        releases.lastOffers().stream()
            .collect(Collectors.toMap(offer -> offer.getHost().id(), Function.identity()));
    Map<Long, Map<String, Optional<SettingValue>>> waived = waivers.changes();
    return new Resolution(
        named,
        host -> assigned.getOrDefault(host.getName(), List.of()),
        host -> Optional.ofNullable(offers.get(host.id())),
        host -> waived.getOrDefault(host.id(), Map.of()));
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
          profiles
              .newestApproved(slug)
              .orElseThrow(
                  () ->
                      new DomainException(
                          Problem.NOT_APPROVED,
                          slug + " has no approved version yet. Have one approved first.")));
    }
    return newest;
  }

  /** Knows what equal hosts get once it has worked it out for one. */
  public final class Resolution {

    private final List<ProfileVersion> named;
    private final Function<Host, List<String>> assigned;
    private final Function<Host, Optional<Offer>> offered;
    private final Function<Host, Map<String, Optional<SettingValue>>> waived;
    private final List<HostGroup> allGroups = groups.all();
    private final Map<String, Optional<ProfileVersion>> versions = new HashMap<>();
    private final Map<List<String>, List<ProfileVersion>> layers = new HashMap<>();
    private final Map<Inputs, EffectiveProfile> contents = new HashMap<>();

    private record Inputs(List<String> layers, Map<String, String> supplied) {}

    private Resolution(
        List<ProfileVersion> named,
        Function<Host, List<String>> assigned,
        Function<Host, Optional<Offer>> offered,
        Function<Host, Map<String, Optional<SettingValue>>> waived) {
      this.named = named;
      this.assigned = assigned;
      this.offered = offered;
      this.waived = waived;
    }

    /**
     * What a host would get.
     *
     * @throws DomainException saying why the host cannot take part
     */
    public HostContent of(Host host) {
      if (host.getState() == Host.State.PENDING) {
        throw refused("It enrolled itself and waits to be accepted.");
      }
      List<String> slugs = assigned.apply(host);
      if (slugs.isEmpty()) {
        throw refused("It has no profile. Give it one first.");
      }
      for (ProfileVersion version : named) {
        if (!slugs.contains(version.getProfile().getSlug())) {
          throw refused(version.getProfile().getSlug() + " is not among its profiles.");
        }
      }
      Optional<Offer> last = offered.apply(host);
      List<ProfileVersion> own = new ArrayList<>();
      for (String slug : slugs) {
        own.add(version(slug, last));
      }
      List<ProfileVersion> all = layers(own);
      Map<String, String> supplied = parameters.supplied(host, allGroups);
      EffectiveProfile next = content(all, supplied).waivedBy(waived.apply(host));
      return new HostContent(all, next, last.orElse(null));
    }

    private ProfileVersion version(String slug, Optional<Offer> last) {
      return named.stream()
          .filter(version -> version.getProfile().getSlug().equals(slug))
          .findFirst()
          .or(() -> last.flatMap(offer -> lastOffered(offer, slug)))
          .orElseThrow(
              () ->
                  refused(
                      "Its profile "
                          + slug
                          + " is neither named by the rollout nor was it offered before."));
    }

    private Optional<ProfileVersion> lastOffered(Offer offer, String slug) {
      return offer.getRelease().content().profiles().stream()
          .filter(ref -> ref.slug().equals(slug))
          .findFirst()
          .flatMap(
              (VersionRef ref) ->
                  versions.computeIfAbsent(
                      ref.describe(), any -> profiles.version(slug, ref.number())));
    }

    private List<ProfileVersion> layers(List<ProfileVersion> own) {
      List<String> names = own.stream().map(ProfileVersion::describe).toList();
      List<ProfileVersion> known = layers.get(names);
      if (known == null) {
        known = Layers.of(own, profiles);
        known.forEach(releaseDesk::requireApproved);
        layers.put(names, known);
      }
      return known;
    }

    private EffectiveProfile content(List<ProfileVersion> all, Map<String, String> supplied) {
      Inputs inputs = new Inputs(all.stream().map(ProfileVersion::describe).toList(), supplied);
      return contents.computeIfAbsent(
          inputs, any -> EffectiveProfile.of(all, supplied, Missing.REFUSED, catalog));
    }
  }

  private static DomainException refused(String reason) {
    return new DomainException(Problem.CONFLICT, reason);
  }
}
