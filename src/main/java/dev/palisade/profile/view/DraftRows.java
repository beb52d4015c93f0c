package dev.palisade.profile.view;

import dev.palisade.catalog.Catalog;
import dev.palisade.catalog.Setting;
import dev.palisade.profile.Advice;
import dev.palisade.profile.DeclaredCheck;
import dev.palisade.profile.DeclaredType;
import dev.palisade.profile.ProfileSetting;
import dev.palisade.profile.VersionContent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The rows of the editor: settings of the catalog and of the draft, in the catalog's order. */
record DraftRows(VersionContent content, Catalog catalog) {

  /** All of a family, what the draft lacks among them. */
  List<EditedSetting> family(String name) {
    return name.equals(DeclaredType.FAMILY)
        ? declared().toList()
        : catalog.settings().stream()
            .filter(s -> s.family().equals(name))
            .flatMap(this::of)
            .toList();
  }

  /** All that a query finds; what the draft declares itself is found by its key. */
  List<EditedSetting> found(String query) {
    List<String> words = Arrays.asList(query.strip().toLowerCase(Locale.ROOT).split("\\s+"));
    return Stream.concat(
            catalog.search(query, null).stream().flatMap(this::of),
            declared()
                .filter(
                    row ->
                        words.stream()
                            .allMatch(
                                (DeclaredType.FAMILY + " " + row.getKey()).toLowerCase(Locale.ROOT)
                                    ::contains)))
        .toList();
  }

  /** What the draft speaks of, each family under its heading. */
  List<EditedSetting> chosen() {
    List<EditedSetting> rows =
        Stream.concat(catalog.settings().stream().flatMap(this::of), declared())
            .filter(EditedSetting::isChosen)
            .toList();
    String family = "";
    for (EditedSetting row : rows) {
      if (!row.getSetting().family().equals(family)) {
        family = row.getSetting().family();
        row.setHeading(family);
      }
    }
    return rows;
  }

  /** Of what the draft speaks of, what is worth a look. */
  List<EditedSetting> noteworthy() {
    return chosen().stream()
        .filter(row -> row.getAdvice().stream().anyMatch(a -> a.weight() != Advice.Weight.NOTE))
        .toList();
  }

  /**
   * A row by its key, whether or not the draft still has it.
   *
   * @param declared what it was when the page was made; see {@link EditedSetting#getDeclared}
   */
  EditedSetting row(String key, String declared) {
    DeclaredType type =
        DeclaredCheck.read(key, declared)
            .or(() -> content.find(key).map(ProfileSetting::declared))
            .orElse(null);
    return type == null
        ? catalog
            .find(key)
            .map(setting -> new EditedSetting(setting, null, content, catalog))
            .orElse(null)
        : new EditedSetting(type.setting(key), type, content, catalog);
  }

  /** A setting; where it stands for each interface, the ones that the draft names before it. */
  private Stream<EditedSetting> of(Setting setting) {
    Stream<EditedSetting> itself = Stream.of(new EditedSetting(setting, null, content, catalog));
    if (!setting.isForEachInterface()) {
      return itself;
    }
    String[] around = setting.key().split(Setting.INTERFACE, 2);
    List<EditedSetting> rows = new ArrayList<>();
    for (ProfileSetting said : content.settings()) {
      if (said.declared() == null
          && said.key().startsWith(around[0])
          && said.key().endsWith(around[1])
          && said.key().length() > around[0].length() + around[1].length()) {
        rows.add(new EditedSetting(said.known(catalog), null, content, catalog));
      }
    }
    return Stream.concat(rows.stream(), itself);
  }

  private Stream<EditedSetting> declared() {
    return content.settings().stream()
        .filter(s -> s.declared() != null)
        .map(s -> new EditedSetting(s.known(catalog), s.declared(), content, catalog));
  }
}
