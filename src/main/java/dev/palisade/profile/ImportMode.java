package dev.palisade.profile;

import dev.palisade.core.DomainException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** What an import does with the content that a profile already has. */
public enum ImportMode {
  /** What was read is laid over the content: keys that it does not name stay. */
  MERGE,
  /** What was read is the whole content. */
  REPLACE;

  /**
   * The mode with this word.
   *
   * @return null for null
   * @throws DomainException for any other word
   */
  public static ImportMode of(String code) {
    for (ImportMode mode : values()) {
      if (mode.code().equals(code)) {
        return mode;
      }
    }
    if (code == null) {
      return null;
    }
    throw DomainException.notValid("/mode", "A mode is merge or replace.");
  }

  /** The word used in the API. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The content of the draft. */
  public VersionContent apply(VersionContent present, VersionContent read) {
    if (this == REPLACE) {
      return read;
    }
    List<Parameter> parameters = new ArrayList<>(read.parameters());
    present.parameters().stream()
        .filter(p -> read.parameter(p.name()).isEmpty())
        .forEach(parameters::add);
    VersionContent merged =
        present.withParameters(parameters).over(read.base() == null ? present.base() : read.base());
    for (ProfileSetting setting : read.settings()) {
      merged =
          merged.with(
              present.find(setting.key()).map(former -> over(former, setting)).orElse(setting));
    }
    return merged;
  }

  /** The keys of settings and the parameters that a draft no longer has. */
  public static List<String> dropped(VersionContent present, VersionContent draft) {
    Set<String> dropped = new TreeSet<>();
    present.settings().stream()
        .map(ProfileSetting::key)
        .filter(key -> draft.find(key).isEmpty())
        .forEach(dropped::add);
    present.parameters().stream()
        .filter(p -> draft.parameter(p.name()).isEmpty())
        .forEach(p -> dropped.add(References.to(p.name())));
    if (present.base() != null && draft.base() == null) {
      dropped.add(VersionContent.BASE);
    }
    return List.copyOf(dropped);
  }

  /** A new value keeps that it is mandatory, and its reason where the value is the same. */
  private static ProfileSetting over(ProfileSetting former, ProfileSetting read) {
    boolean same = former.value().equals(read.value());
    return new ProfileSetting(
        read.key(),
        read.value(),
        read.reason() == null && same ? former.reason() : read.reason(),
        former.mandatory() || read.mandatory(),
        read.declared());
  }
}
