package dev.palisade.profile.view;

import dev.palisade.catalog.Catalog;
import dev.palisade.catalog.Setting;
import dev.palisade.core.Count;
import dev.palisade.profile.Advice;
import dev.palisade.profile.ProfileSetting;
import dev.palisade.profile.References;
import dev.palisade.profile.VersionContent;
import dev.palisade.shell.view.Texts;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;

/** The settings of one version by family, catalogued ones and its own. */
@Named("versionSettings")
@RequestScoped
public class VersionSettingsBacking {

  /** A family and the settings of it that the version holds. */
  public record Family(String name, List<Row> rows) {

    /** The id of its part of the page. */
    public String anchor() {
      return Texts.anchor("family", name);
    }

    /** How much it holds, and how much of that is worth a look: {@code 12 settings, 2 to check}. */
    public String note() {
      long check = rows.stream().filter(Row::isNoteworthy).count();
      return Count.of(rows.size(), "setting") + (check == 0 ? "" : ", " + check + " worth a look");
    }
  }

  /** A version with more settings than this is folded by family. */
  private static final int MAX_UNFOLDED = 30;

  /** A setting as the version has it, and what is known about it. */
  public record Row(ProfileSetting chosen, Setting known, List<Advice> advice) {

    public String key() {
      return chosen.key();
    }

    /** The value with its word: {@code 1 strict}. */
    public String shownValue() {
      String word = known.meaning(chosen.value());
      return word == null ? chosen.value().display() : chosen.value().display() + " " + word;
    }

    /** Whether the catalog says something against the value, not only about it. */
    public boolean isNoteworthy() {
      return advice.stream().anyMatch(a -> a.weight() != Advice.Weight.NOTE);
    }

    public boolean equalsDefault() {
      return chosen.value().equals(known.kernelDefault());
    }

    /** What the version declares about it; empty where the catalog has it. */
    public String declared() {
      return chosen.declared() == null
          ? ""
          : chosen.declared().type().code() + ": " + chosen.declared().takes();
    }

    /** Why this value, or what the setting does where the author gives no reason. */
    public String words() {
      return chosen.reason() == null ? known.description() : chosen.reason();
    }

    /** The names of the parameters that its key and value use. */
    public NavigableSet<String> parameters() {
      return References.in(chosen.key(), chosen.value());
    }
  }

  @Inject private Catalog catalog;
  @Inject private ProfileVersionBacking page;

  private List<Family> families;

  /** Families in the catalog's order, the version's own settings last. */
  public List<Family> getFamilies() {
    if (families == null) {
      families = families(page.getVersion().content());
    }
    return families;
  }

  private List<Family> families(VersionContent content) {
    List<String> order = catalog.settings().stream().map(Setting::family).distinct().toList();
    Map<Integer, Family> byPlace = new TreeMap<>();
    for (ProfileSetting chosen : content.settings()) {
      Setting known = chosen.known(catalog);
      int place = order.indexOf(known.family());
      byPlace
          .computeIfAbsent(
              place < 0 ? order.size() : place,
              any -> new Family(known.family(), new ArrayList<>()))
          .rows()
          .add(new Row(chosen, known, Advice.on(chosen, content, catalog)));
    }
    return List.copyOf(byPlace.values());
  }

  /** Whether families are closed at first, as there is more than one screen of settings. */
  public boolean isFolded() {
    return page.getVersion().content().settings().size() > MAX_UNFOLDED;
  }

  /** How many settings have the value that the kernel has anyway. */
  public long getDefaults() {
    return getFamilies().stream()
        .flatMap(f -> f.rows().stream())
        .filter(Row::equalsDefault)
        .count();
  }
}
