package dev.palisade.rollout.application;

import dev.palisade.account.Permission;
import dev.palisade.account.Requires;
import dev.palisade.assignment.Assignments;
import dev.palisade.core.DomainException;
import dev.palisade.fleet.Host;
import dev.palisade.fleet.Hosts;
import dev.palisade.profile.Layers;
import dev.palisade.profile.ProfileVersion;
import dev.palisade.profile.Profiles;
import dev.palisade.profile.VersionRef;
import dev.palisade.release.Offer;
import dev.palisade.release.Releases;
import dev.palisade.rollout.HostBacklog;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads what was approved and is not rolled out. */
@ApplicationScoped
public class ReadBacklog {

  @Inject private Hosts hosts;
  @Inject private Assignments assignments;
  @Inject private Releases releases;
  @Inject private Profiles profiles;

  /** Hosts that a rollout would bring something, or take something from, by name. */
  @Requires(Permission.VIEW)
  @Transactional
  public List<HostBacklog> all() {
    Map<String, List<String>> assigned = assignments.all();
    Map<String, Offer> offers =
        releases.lastOffers().stream()
            .collect(Collectors.toMap(o -> o.getHost().getName(), Function.identity()));
    TreeSet<String> names = new TreeSet<>(assigned.keySet());
    names.addAll(offers.keySet());
    Reader reader = new Reader();
    return names.stream()
        .map(name -> reader.of(name, assigned.getOrDefault(name, List.of()), offers.get(name)))
        .filter(backlog -> !backlog.isEmpty())
        .toList();
  }

  /** The same of one host, which may be empty. */
  @Requires(Permission.VIEW)
  @Transactional
  public HostBacklog of(String hostName) {
    Host host = hosts.find(hostName).orElseThrow(() -> DomainException.notFound("host", hostName));
    return new Reader().of(hostName, assignments.of(host), releases.lastOffer(host).orElse(null));
  }

  /**
   * What a release is made of.
   *
   * @param numbers of its versions, by profile
   * @param below profiles that lie under another one of these
   */
  private record Content(Map<String, Integer> numbers, Set<String> below) {

    private static final Content NONE = new Content(Map.of(), Set.of());
  }

  /** Asks for each profile and release once. */
  private final class Reader {

    private final Map<String, Optional<ProfileVersion>> newest = new HashMap<>();
    private final Map<String, Content> contents = new HashMap<>();

    private HostBacklog of(String host, List<String> assigned, Offer offer) {
      Map<String, Integer> approved = new HashMap<>();
      for (String slug : assigned) {
        newest
            .computeIfAbsent(slug, profiles::newestApproved)
            .ifPresent(version -> approved.put(slug, version.getNumber()));
      }
      Content content = offer == null ? Content.NONE : content(offer);
      return HostBacklog.of(host, assigned, content.numbers(), content.below(), approved);
    }

    private Content content(Offer offer) {
      return contents.computeIfAbsent(
          offer.getRelease().getDigest().hex(),
          digest -> {
            Map<String, Integer> numbers = new HashMap<>();
            Set<String> below = new HashSet<>();
            for (VersionRef ref : offer.getRelease().content().profiles()) {
              numbers.put(ref.slug(), ref.number());
              profiles
                  .version(ref.slug(), ref.number())
                  .ifPresent(version -> below.addAll(under(version)));
            }
            return new Content(numbers, below);
          });
    }

    private List<String> under(ProfileVersion version) {
      List<String> slugs = new ArrayList<>();
      for (ProfileVersion layer : Layers.of(version, profiles)) {
        if (!layer.equals(version)) {
          slugs.add(layer.getProfile().getSlug());
        }
      }
      return slugs;
    }
  }
}
