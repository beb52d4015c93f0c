package dev.palisade.assignment;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palisade.catalog.Catalog;
import dev.palisade.catalog.Setting;
import dev.palisade.catalog.SettingValue;
import dev.palisade.catalog.ValueText;
import dev.palisade.core.DomainException;
import dev.palisade.core.DomainException.Fault;
import dev.palisade.core.Problem;
import dev.palisade.fleet.Host;
import dev.palisade.fleet.HostGroup;
import dev.palisade.fleet.HostGroups;
import dev.palisade.profile.EffectiveProfile;
import dev.palisade.profile.EffectiveProfile.Missing;
import dev.palisade.profile.EffectiveSetting;
import dev.palisade.profile.Layers;
import dev.palisade.profile.ProfileVersion;
import dev.palisade.profile.Profiles;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Looks at what somebody asks to be waived: each fault by its member. */
@ApplicationScoped
public class WaiverCheck {

  @Inject private Assignments assignments;
  @Inject private HostParameters parameters;
  @Inject private HostGroups groups;
  @Inject private Profiles profiles;
  @Inject private Catalog catalog;
  @Inject private Clock clock;

  /**
   * What is asked for, as it came; any member may be null.
   *
   * @param value as JSON, or null
   */
  public record Asked(
      String key, String effect, JsonNode value, String reason, Instant expiresAt) {}

  /**
   * The terms that these words come to.
   *
   * @param hosts for whom it is asked; empty where they are not known
   * @param faults found before; what is found here is added
   * @throws DomainException naming every fault
   */
  Waiver.Terms terms(List<Host> hosts, Asked asked, List<Fault> faults) {
    List<EffectiveSetting> present = present(hosts, asked.key());
    Optional<Setting> known =
        asked.key() == null
            ? Optional.empty()
            : catalog
                .find(asked.key())
                .or(() -> present.stream().map(EffectiveSetting::known).findFirst());
    if (known.isEmpty()) {
      faults.add(
          new Fault(
              "/key",
              asked.key() == null
                  ? "Name the setting."
                  : "Neither the catalog nor a profile of these hosts has a setting “"
                      + brief(asked.key())
                      + "”."));
    }
    WaiverEffect effect = effect(asked.effect(), faults);
    SettingValue value =
        kept(() -> value(effect, asked.value(), known.orElse(null), faults), faults);
    String reason = kept(() -> Waiver.checkedReason(asked.reason()), faults);
    kept(() -> Waiver.checkedExpiry(asked.expiresAt(), clock.instant()), faults);
    if (effect != null && effect.isRolledOut()) {
      present.stream()
          .filter(setting -> setting.said().mandatory())
          .findFirst()
          .ifPresent(
              setting ->
                  faults.add(
                      new Fault(
                          "/effect",
                          "%s makes %s mandatory: nothing else takes its place. Only accept is possible."
                              .formatted(setting.layer().describe(), setting.key()))));
    }
    if (!faults.isEmpty()) {
      throw new DomainException(Problem.NOT_VALID, faults.get(0).detail(), faults);
    }
    return new Waiver.Terms(asked.key(), effect, value, reason, asked.expiresAt());
  }

  private static WaiverEffect effect(String code, List<Fault> faults) {
    return WaiverEffect.of(code)
        .orElseGet(
            () -> {
              faults.add(new Fault("/effect", "The effect is accept, value or unmanaged."));
              return null;
            });
  }

  private SettingValue value(
      WaiverEffect effect, JsonNode json, Setting known, List<Fault> faults) {
    boolean given = json != null && !json.isNull();
    if (effect != WaiverEffect.VALUE) {
      if (given && effect != null) {
        faults.add(new Fault("/value", "Only the effect value takes one."));
      }
      return null;
    }
    if (!given) {
      faults.add(new Fault("/value", "Say which value counts in its place."));
      return null;
    }
    SettingValue value = SettingValue.fromJson(json, "/value");
    if (known != null) {
      value = ValueText.typed(known, value);
      catalog.faults(known, value).forEach(fault -> faults.add(new Fault("/value", fault)));
    }
    return value;
  }

  private static <T> T kept(Supplier<T> part, List<Fault> faults) {
    try {
      return part.get();
    } catch (DomainException e) {
      faults.addAll(e.faults());
      return null;
    }
  }

  /** What the newest approved versions say about it on these hosts; equal hosts are asked once. */
  private List<EffectiveSetting> present(List<Host> hosts, String key) {
    List<HostGroup> allGroups = groups.all();
    Map<String, List<String>> assigned = assignments.all();
    Set<Inputs> different = new LinkedHashSet<>();
    for (Host host : hosts) {
      quietly(() -> parameters.supplied(host, allGroups))
          .map(values -> new Inputs(assigned.getOrDefault(host.getName(), List.of()), values))
          .ifPresent(different::add);
    }
    Map<List<String>, Optional<List<ProfileVersion>>> layers = new HashMap<>();
    different.forEach(
        inputs -> layers.computeIfAbsent(inputs.slugs(), slugs -> quietly(() -> newest(slugs))));
    return different.stream()
        .flatMap(
            inputs ->
                layers.get(inputs.slugs()).stream()
                    .flatMap(own -> setting(own, inputs.supplied(), key).stream()))
        .toList();
  }

  private record Inputs(List<String> slugs, Map<String, String> supplied) {}

  private List<ProfileVersion> newest(List<String> slugs) {
    return Layers.of(
        slugs.stream().flatMap(slug -> profiles.newestApproved(slug).stream()).toList(), profiles);
  }

  private Optional<EffectiveSetting> setting(
      List<ProfileVersion> layers, Map<String, String> supplied, String key) {
    return quietly(() -> EffectiveProfile.of(layers, supplied, Missing.SHOWN, catalog))
        .flatMap(all -> all.settings().stream().filter(one -> one.key().equals(key)).findFirst());
  }

  /** Empty where it contradicts itself: a rollout refuses such a host and says why. */
  private static <T> Optional<T> quietly(Supplier<T> part) {
    try {
      return Optional.of(part.get());
    } catch (DomainException e) {
      return Optional.empty();
    }
  }

  private static String brief(String key) {
    return key.length() <= 100 ? key : key.substring(0, 100) + "…";
  }
}
