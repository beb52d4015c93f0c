package dev.palisade.profile.view;

import dev.palisade.catalog.Catalog;
import dev.palisade.catalog.Setting;
import dev.palisade.profile.ProfileSetting;
import dev.palisade.profile.VersionDiff.Change;
import java.util.Objects;

/**
 * One change as a row of a table.
 *
 * @param known what is known about the setting
 */
public record VersionChangeRow(Change change, Setting known) {

  static VersionChangeRow of(Change change, Catalog catalog) {
    ProfileSetting side = change.to() == null ? change.from() : change.to();
    return new VersionChangeRow(change, side.known(catalog));
  }

  public String key() {
    return change.key();
  }

  /** Whether the catalog has it, so that its page there says more. */
  public boolean isCatalogued() {
    return (change.to() == null ? change.from() : change.to()).declared() == null;
  }

  /** A side's value with its word: {@code 1 strict}. */
  public String shown(ProfileSetting side) {
    String word = known.meaning(side.value());
    return word == null ? side.value().display() : side.value().display() + " " + word;
  }

  /**
   * Why the new value, in the author's words; null where both sides show theirs or none is given.
   */
  public String reason() {
    return change.to() == null || isReworded() ? null : change.to().reason();
  }

  /** Whether both sides give a reason, and not the same one. */
  public boolean isReworded() {
    return change.from() != null
        && change.to() != null
        && !Objects.equals(change.from().reason(), change.to().reason());
  }
}
