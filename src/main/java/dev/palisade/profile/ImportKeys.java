package dev.palisade.profile;

import dev.palisade.catalog.Catalog;
import dev.palisade.catalog.Setting;
import dev.palisade.catalog.SettingKind;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Finds the setting of the catalog that a key of an existing configuration names. */
final class ImportKeys {

  /** Where a snippet may begin that leaves out the first names of its options. */
  private static final List<String> PREFIXES =
      List.of("", "networking.", "services.", "security.", "boot.");

  private static final int MOST_LENGTH = 120;
  private static final int MOST_COMPARED = 500;

  private final Catalog catalog;
  private final Map<String, Setting> elements = new HashMap<>();
  private final Map<String, String> aliases = new HashMap<>();
  private final Map<String, Map.Entry<Setting, String>> others = new HashMap<>();
  private int compared;

  ImportKeys(Catalog catalog) {
    this.catalog = catalog;
    for (Setting setting : catalog.settings()) {
      if (setting.alias() != null) {
        aliases.put(setting.key(), setting.alias());
        aliases.put(setting.alias(), setting.key());
      }
      elements.putIfAbsent(setting.kind() + " " + setting.key().replace('-', '_'), setting);
      setting
          .bootParameter()
          .alsoSetBy()
          .forEach((word, value) -> others.put(word.replace('-', '_'), Map.entry(setting, value)));
    }
  }

  /** The setting with a full key, also under the name that NixOS has given up. */
  Optional<Setting> find(String key) {
    return catalog
        .find(RenamedOptions.today(key).orElse(key))
        .filter(setting -> !setting.isForEachInterface());
  }

  /** As {@link #find}, also where the first name of an option is left out. */
  Optional<Setting> findInSnippet(String key) {
    return PREFIXES.stream().flatMap(prefix -> find(prefix + key).stream()).findFirst();
  }

  /** The kernel parameter or module with this name, in which - and _ are one letter. */
  Optional<Setting> element(SettingKind kind, String name) {
    return Optional.ofNullable(elements.get(kind + " " + name.replace('-', '_')));
  }

  /** The other key that the kernel has for the same switch. */
  Optional<String> otherName(Setting setting) {
    return Optional.ofNullable(aliases.get(setting.key()));
  }

  /** The kernel parameter that another word sets as well, and the value that the word means. */
  Optional<Map.Entry<Setting, String>> alsoSets(String word) {
    return Optional.ofNullable(others.get(word.replace('-', '_')));
  }

  /** The key of the catalog that somebody may have meant; empty where none is near. */
  Optional<String> near(String key) {
    if (key.length() > MOST_LENGTH || key.length() < 6 || ++compared > MOST_COMPARED) {
      return Optional.empty();
    }
    String typed = key.toLowerCase(Locale.ROOT);
    String best = null;
    int bestDistance = 3;
    for (Setting setting : catalog.settings()) {
      String known = setting.key().toLowerCase(Locale.ROOT);
      if (Math.abs(known.length() - typed.length()) < bestDistance) {
        int distance = distance(typed, known);
        if (distance < bestDistance) {
          best = setting.key();
          bestDistance = distance;
        }
      }
    }
    return Optional.ofNullable(best);
  }

  /**
   * A sysctl key with dots between its names, as systemd reads one: where the first separator is a
   * slash, slashes separate and a dot belongs to a name, which is written as a slash here.
   */
  static String sysctl(String written) {
    int slash = written.indexOf('/');
    int dot = written.indexOf('.');
    if (slash < 0 || (dot >= 0 && dot < slash)) {
      return written;
    }
    StringBuilder key = new StringBuilder(written.length());
    for (int i = 0; i < written.length(); i++) {
      char c = written.charAt(i);
      key.append(c == '/' ? '.' : c == '.' ? '/' : c);
    }
    return key.toString();
  }

  /** Letters to add, take out, change or swap with their neighbour. */
  private static int distance(String a, String b) {
    int[][] costs = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          costs[i][j] = i + j;
          continue;
        }
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        costs[i][j] =
            Math.min(Math.min(costs[i - 1][j], costs[i][j - 1]) + 1, costs[i - 1][j - 1] + change);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          costs[i][j] = Math.min(costs[i][j], costs[i - 2][j - 2] + 1);
        }
      }
    }
    return costs[a.length()][b.length()];
  }
}
