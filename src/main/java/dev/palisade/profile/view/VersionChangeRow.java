package dev.palisade.profile.view;

import dev.palisade.catalog.Catalog;
import dev.palisade.catalog.Setting;
import dev.palisade.profile.ProfileSetting;
import dev.palisade.profile.VersionDiff.Change;
import java.util.ArrayList;
import java.util.List;
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

  /** The value before, with its word, such as {@code 1 strict}; null where it was not set. */
  public String before() {
    return shown(change.from());
  }

  /** The value after, with its word; null where it is no longer set. */
  public String after() {
    return shown(change.to());
  }

  /** Whether both sides have one value, so that only what is said about it changes. */
  public boolean isSameValue() {
    return change.from() != null
        && change.to() != null
        && change.from().value().equals(change.to().value());
  }

  private String shown(ProfileSetting side) {
    if (side == null) {
      return null;
    }
    String word = known.meaning(side.value());
    return word == null ? side.value().display() : side.value().display() + " " + word;
  }

  /** What changes besides the value: whether it is mandatory, what it takes, and its reason. */
  public List<String> notes() {
    List<String> notes = new ArrayList<>();
    boolean was = change.from() != null && change.from().mandatory();
    boolean is = change.to() != null && change.to().mandatory();
    if (change.to() == null) {
      note(notes, was, "was mandatory");
    } else if (change.from() == null || was == is) {
      note(notes, is, "mandatory");
    } else {
      notes.add(is ? "now mandatory" : "no longer mandatory");
    }
    String took = takes(change.from());
    String takes = takes(change.to());
    note(notes, takes != null, "takes " + takes);
    note(notes, took != null && !took.equals(takes), "took " + took);
    if (isReworded()) {
      notes.add("Reason: " + reason(change.to()));
      notes.add("Reason before: " + reason(change.from()));
    }
    return notes;
  }

  private static void note(List<String> notes, boolean applies, String text) {
    if (applies) {
      notes.add(text);
    }
  }

  private static String takes(ProfileSetting side) {
    return side == null || side.declared() == null ? null : side.declared().takes();
  }

  private static String reason(ProfileSetting side) {
    return side.reason() == null || side.reason().isBlank() ? "none given" : side.reason();
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
