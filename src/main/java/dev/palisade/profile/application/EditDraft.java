package dev.palisade.profile.application;

import dev.palisade.account.CurrentActor;
import dev.palisade.account.Permission;
import dev.palisade.account.Requires;
import dev.palisade.catalog.Catalog;
import dev.palisade.catalog.Setting;
import dev.palisade.core.DomainException;
import dev.palisade.core.Problem;
import dev.palisade.profile.Layers;
import dev.palisade.profile.Parameter;
import dev.palisade.profile.ParametersCheck;
import dev.palisade.profile.ProfileSetting;
import dev.palisade.profile.ProfileVersion;
import dev.palisade.profile.Profiles;
import dev.palisade.profile.SettingsCheck;
import dev.palisade.profile.VersionContent;
import dev.palisade.profile.VersionRef;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;

/**
 * Edits a draft place by place, as several people do at once: each says what they saw there, and
 * only who changes the same place is told that somebody was faster ({@link
 * Problem#CONTENT_CHANGED}).
 */
@ApplicationScoped
public class EditDraft {

  @Inject private Profiles profiles;
  @Inject private Catalog catalog;
  @Inject private CurrentActor actor;
  @Inject private EditRecord record;

  /**
   * Replaces what a draft says about one setting.
   *
   * @param seen the fingerprint that the editor saw, empty for a setting that was not there
   */
  @Requires(Permission.AUTHOR_PROFILES)
  @Transactional
  public ProfileVersion set(String slug, int number, SettingsCheck.Entry entry, String seen) {
    VersionContent content = profiles.existingForChange(slug, number).content();
    ProfileSetting next = SettingsCheck.check(catalog, List.of(entry), content).settings().get(0);
    return change(slug, number, entry.key(), seen, next);
  }

  /** Takes one setting out of a draft; {@code seen} as for {@link #set}. */
  @Requires(Permission.AUTHOR_PROFILES)
  @Transactional
  public ProfileVersion remove(String slug, int number, String key, String seen) {
    return change(slug, number, key, seen, null);
  }

  private ProfileVersion change(
      String slug, int number, String key, String seen, ProfileSetting next) {
    ProfileVersion version = profiles.existingForChange(slug, number);
    VersionContent before = version.content();
    version.edit(key, seen, next, actor.getName());
    String from = before.find(key).map(s -> s.value().display()).orElse("");
    String to = next == null ? "" : next.value().display();
    return record.done(version, before, Map.of("key", key, "from", from, "to", to));
  }

  /**
   * Adds every setting of a family that the draft lacks, at the kernel's default. What others set
   * as well, NixOS or systemd, is left out: the kernel's default would take their value back.
   *
   * @return how many were added
   */
  @Requires(Permission.AUTHOR_PROFILES)
  @Transactional
  public int addFamily(String slug, int number, String family) {
    ProfileVersion version = profiles.existingForChange(slug, number);
    VersionContent before = version.content();
    VersionContent next = before;
    for (Setting setting : catalog.settings()) {
      boolean fits =
          setting.family().equals(family)
              && setting.kernelDefault() != null
              && setting.setBy().isEmpty()
              && !setting.isForEachInterface()
              && next.find(setting.key()).isEmpty();
      if (fits) {
        next = next.with(new ProfileSetting(setting.key(), setting.kernelDefault()));
      }
    }
    int added = next.settings().size() - before.settings().size();
    if (added > 0) {
      version.edit(next, null, actor.getName());
      record.done(version, before, Map.of());
    }
    return added;
  }

  /**
   * Declares a parameter, or another one in the place of the first; what uses it goes along with a
   * new name.
   *
   * @param replaced the name of the one that is changed, or null for a new one
   * @param seen the fingerprint of that one as the editor saw it; of no account for a new one
   */
  @Requires(Permission.AUTHOR_PROFILES)
  @Transactional
  public ProfileVersion setParameter(
      String slug, int number, ParametersCheck.Entry entry, String replaced, String seen) {
    ProfileVersion version = profiles.existingForChange(slug, number);
    if (replaced != null) {
      requireSeen(version, replaced, seen);
    }
    VersionContent before = version.content();
    version.edit(ParametersCheck.check(catalog, entry, replaced, before), null, actor.getName());
    return record.done(version, before, Map.of("parameter", String.valueOf(entry.name())));
  }

  /**
   * Takes a parameter out of a draft; {@code seen} as for {@link #setParameter}.
   *
   * @throws DomainException naming what still uses it
   */
  @Requires(Permission.AUTHOR_PROFILES)
  @Transactional
  public ProfileVersion removeParameter(String slug, int number, String name, String seen) {
    ProfileVersion version = profiles.existingForChange(slug, number);
    requireSeen(version, name, seen);
    VersionContent before = version.content();
    List<String> users = before.usersOf(name);
    if (!users.isEmpty()) {
      throw new DomainException(
          Problem.CONFLICT,
          "“" + name + "” is used by " + String.join(", ", users) + ". Change these first.");
    }
    version.edit(
        before.withParameters(
            before.parameters().stream().filter(p -> !p.name().equals(name)).toList()),
        null,
        actor.getName());
    return record.done(version, before, Map.of("parameter", name));
  }

  private static void requireSeen(ProfileVersion version, String name, String seen) {
    String present = version.content().parameter(name).map(Parameter::fingerprint).orElse("");
    if (!present.equals(seen)) {
      throw new DomainException(
          Problem.CONTENT_CHANGED,
          present.isEmpty()
              ? "Somebody took the parameter “" + name + "” out in the meantime."
              : "Somebody changed the parameter “" + name + "” in the meantime.");
    }
  }

  /**
   * Lays a draft over an approved version of another profile, or over none.
   *
   * @param baseSlug null for none
   * @param seen the digest of what lay under it as the editor saw it, empty for nothing
   * @throws DomainException naming the path, where a profile would lie under itself
   */
  @Requires(Permission.AUTHOR_PROFILES)
  @Transactional
  public ProfileVersion layOver(
      String slug, int number, String baseSlug, int baseNumber, String seen) {
    ProfileVersion version = profiles.existingForChange(slug, number);
    VersionContent before = version.content();
    VersionRef present = before.base();
    if (!(present == null ? "" : present.digest().hex()).equals(seen)) {
      throw new DomainException(
          Problem.CONTENT_CHANGED,
          present == null
              ? "Somebody took away what lay under it in the meantime."
              : "Somebody laid it over " + present.describe() + " in the meantime.");
    }
    VersionRef base =
        baseSlug == null ? null : VersionRef.of(profiles.existing(baseSlug, baseNumber));
    version.edit(before.over(base), null, actor.getName());
    Layers.requireApproved(version, profiles);
    return record.done(version, before, Map.of("extends", base == null ? "" : base.describe()));
  }
}
