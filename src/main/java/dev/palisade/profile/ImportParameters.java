package dev.palisade.profile;

import dev.palisade.catalog.BootParameter;
import dev.palisade.catalog.BootParameter.Combines;
import dev.palisade.catalog.Direction;
import dev.palisade.catalog.Setting;
import dev.palisade.catalog.SettingKind;
import dev.palisade.catalog.SettingValue;
import dev.palisade.catalog.SettingValue.Bool;
import dev.palisade.catalog.ValueText;
import dev.palisade.catalog.ValueType;
import dev.palisade.core.DomainException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Reads the words of one list of kernel parameters, and what several words for one parameter come
 * to: the last one, the strictest one, or all of them, as the catalog says of each.
 */
final class ImportParameters {

  /**
   * A parameter of the catalog, and the value texts that its words give, in their order.
   *
   * @param words the words as they stand
   */
  record Given(Setting setting, List<String> values, List<String> words) {

    /** Whether its words do not all say the same. */
    boolean differ() {
      return values.stream().distinct().count() > 1;
    }

    /** What counts, in a sentence. */
    String told() {
      return switch (setting.bootParameter().combines()) {
        case LAST -> "It stands more than once; the last word counts.";
        case TIGHTENS -> "It stands more than once; the strictest word counts.";
        case LIST -> "It stands more than once; all words count together.";
      };
    }

    /**
     * The value that counts.
     *
     * @throws DomainException where a word is none that the kernel accepts
     */
    SettingValue value() {
      Combines combines = setting.bootParameter().combines();
      if (combines == Combines.LIST) {
        Set<String> all = new LinkedHashSet<>();
        values.forEach(value -> all.addAll(List.of(value.split(",", -1))));
        return typed(String.join(",", all));
      }
      SettingValue best = typed(values.get(values.size() - 1));
      if (combines == Combines.TIGHTENS) {
        for (String text : values) {
          SettingValue value = typed(text);
          best = setting.direction(best, value) == Direction.STRONGER ? value : best;
        }
      }
      return best;
    }

    private SettingValue typed(String text) {
      if (setting.type() == ValueType.FLAG) {
        return new Bool(!text.equals("false"));
      }
      boolean listed = setting.bounds().values().stream().anyMatch(v -> v.display().equals(text));
      return ValueText.read(setting, listed ? text : spelled(setting.bootParameter(), text));
    }

    /** The spelling of the catalog for one that the kernel accepts as well. */
    private static String spelled(BootParameter parameter, String text) {
      String lower = text.toLowerCase(Locale.ROOT);
      return switch (parameter.reads()) {
        case BOOL, BOOL_OR_BARE -> {
          if (text.isEmpty()) {
            yield parameter.reads() == BootParameter.Reads.BOOL_OR_BARE ? "1" : "";
          }
          yield lower.matches("[yt1].*|on.*") ? "1" : lower.matches("[nf0].*|of.*") ? "0" : text;
        }
        case NON_ZERO -> lower.matches("-?[0-9]{1,9}") && !lower.matches("-?0+") ? "1" : text;
        case WORDS_ANY_CASE -> lower;
        default -> text;
      };
    }
  }

  private final Map<String, Given> given = new LinkedHashMap<>();
  private final List<String> unknown = new ArrayList<>();
  private final List<String> forInit = new ArrayList<>();

  ImportParameters(ImportKeys keys, List<SettingValue> items) {
    boolean isForInit = false;
    for (SettingValue item : items) {
      for (String word : item.display().strip().split("\\s+")) {
        isForInit |= word.equals("--");
        if (isForInit && !word.equals("--")) {
          forInit.add(word);
        } else if (!isForInit && !word.isEmpty()) {
          word(keys, word);
        }
      }
    }
  }

  private void word(ImportKeys keys, String word) {
    String[] parts = word.split("=", 2);
    var named = keys.element(SettingKind.KERNEL_PARAM, parts[0]);
    if (named.isPresent()) {
      add(named.get(), parts.length > 1 ? parts[1] : "", word);
      return;
    }
    var other = keys.alsoSets(parts[0]);
    if (other.isPresent()) {
      add(other.get().getKey(), other.get().getValue(), word);
    } else {
      unknown.add(word);
    }
  }

  private void add(Setting setting, String value, String word) {
    Given one =
        given.computeIfAbsent(
            setting.key(), key -> new Given(setting, new ArrayList<>(), new ArrayList<>()));
    one.values().add(value);
    one.words().add(word);
  }

  List<Given> given() {
    return List.copyOf(given.values());
  }

  /** The words behind {@code --}, which the kernel hands to init. */
  List<String> forInit() {
    return List.copyOf(forInit);
  }

  List<String> unknown() {
    return List.copyOf(unknown);
  }
}
