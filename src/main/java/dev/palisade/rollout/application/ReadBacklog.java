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
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  /** Asks for each profile and release once. */
  private final class Reader {

    private final Map<String, Optional<ProfileVersion>> newest = new HashMap<>();
    private final Map<String, Map<String, Integer>> offered = new HashMap<>();

    private HostBacklog of(String host, List<String> assigned, Offer offer) {
      Map<String, Integer> approved = new HashMap<>();
      for (String slug : assigned) {
        newest
            .computeIfAbsent(slug, profiles::newestApproved)
            .ifPresent(version -> approved.put(slug, version.getNumber()));
      }
      return HostBacklog.of(host, assigned, offer == null ? Map.of() : own(offer), approved);
    }

    /** What the release is made of, without what only lies under another version of it. */
    private Map<String, Integer> own(Offer offer) {
      return offered.computeIfAbsent(
          offer.getRelease().getDigest().hex(),
          digest -> {
            Map<String, Integer> numbers = new HashMap<>();
            List<VersionRef> refs = offer.getRelease().content().profiles();
            refs.forEach(ref -> numbers.put(ref.slug(), ref.number()));
            for (VersionRef ref : refs) {
              profiles.version(ref.slug(), ref.number()).stream()
                  .flatMap(version -> under(version).stream())
                  .forEach(numbers::remove);
            }
            return numbers;
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
