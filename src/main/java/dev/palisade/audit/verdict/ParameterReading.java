package dev.palisade.audit.verdict;

import dev.palisade.audit.verdict.RunningValue.Comparison;
import dev.palisade.catalog.BootParameter;
import dev.palisade.catalog.BootParameter.Combines;
import dev.palisade.catalog.Direction;
import dev.palisade.catalog.Setting;
import dev.palisade.catalog.SettingValue;
import dev.palisade.catalog.SettingValue.Bool;
import dev.palisade.catalog.SettingValue.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the command line makes of one parameter, read and combined as the kernel does.
 *
 * @param found the word that counts, as people write it; null where none stands there
 * @param comparison how it stands to what was approved
 * @param refused whether the kernel does not accept that word
 */
record ParameterReading(@Nullable String found, Comparison comparison, boolean refused) {

  private static final Pattern INTEGER =
      Pattern.compile("[+-]?(0[xX][0-9a-fA-F]+|0[0-7]*|[1-9][0-9]*)");
  private static final String BARE = "true";

  /** What is shown of a name that stands alone although the kernel asks for a value. */
  static final String NO_VALUE = "no value";

  /** One word with the value that it is read as; null where the kernel does not accept it. */
  private record Read(String text, @Nullable SettingValue value) {}

  static ParameterReading of(Setting setting, SettingValue asked, CommandLine line) {
    BootParameter boot = setting.bootParameter();
    List<Read> reads = new ArrayList<>();
    for (CommandLine.Word word : line.words()) {
      if (word.isFor(setting.key())) {
        SettingValue value = typed(setting, word.value());
        reads.add(new Read(text(boot, word, value), value));
        continue;
      }
      for (Map.Entry<String, String> other : boot.alsoSetBy().entrySet()) {
        if (word.isFor(other.getKey())) {
          reads.add(new Read(other.getValue(), standsFor(setting, other.getValue())));
        }
      }
    }
    if (reads.isEmpty()) {
      return new ParameterReading(null, Comparison.OTHER, false);
    }
    if (boot.combines() == Combines.LIST) {
      return list(asked, reads);
    }
    Read counts =
        boot.combines() == Combines.TIGHTENS
            ? strictest(setting, reads)
            : reads.get(reads.size() - 1);
    return new ParameterReading(
        counts.text(), compare(setting, asked, counts.value()), counts.value() == null);
  }

  /** The word as people write it; a flag is set whatever stands behind it. */
  private static String text(
      BootParameter boot, CommandLine.Word word, @Nullable SettingValue value) {
    if (boot.reads() == BootParameter.Reads.PRESENT) {
      return BARE;
    }
    String written = word.value();
    return written != null ? written : value == null ? NO_VALUE : BARE;
  }

  /** Compares a value that was read elsewhere, such as the state that runs. */
  static Comparison compare(Setting setting, SettingValue asked, @Nullable SettingValue found) {
    SettingValue wanted = standsFor(setting, asked.display());
    if (found == null || wanted == null) {
      return Comparison.OTHER;
    }
    if (wanted.equals(found)) {
      return Comparison.EQUAL;
    }
    Direction direction = setting.direction(wanted, found);
    if (direction == Direction.NEUTRAL && isRanked(setting, found)) {
      return Comparison.EQUAL; // two spellings of one value
    }
    return setting.isStricter(wanted, found) ? Comparison.BETTER : Comparison.OTHER;
  }

  private static boolean isRanked(Setting setting, SettingValue value) {
    return setting.stricter() != null
        && setting.stricter().ranks().stream().anyMatch(rank -> rank.contains(value));
  }

  private static ParameterReading list(SettingValue asked, List<Read> reads) {
    Set<String> found = new TreeSet<>();
    reads.forEach(read -> found.addAll(Arrays.asList(read.text().split(",", -1))));
    boolean all = found.containsAll(Arrays.asList(asked.display().split(",", -1)));
    return new ParameterReading(
        String.join(",", found), all ? Comparison.EQUAL : Comparison.OTHER, false);
  }

  private static Read strictest(Setting setting, List<Read> reads) {
    Read best = reads.get(reads.size() - 1);
    for (Read read : reads) {
      SettingValue value = read.value();
      if (value != null
          && (best.value() == null
              || setting.direction(best.value(), value) == Direction.STRONGER)) {
        best = read;
      }
    }
    return best;
  }

  private static @Nullable SettingValue standsFor(Setting setting, String value) {
    return setting.bootParameter().reads() == BootParameter.Reads.PRESENT
        ? new Bool(value.equals(BARE))
        : typed(setting, value);
  }

  /**
   * What a word is read as, in the catalog's own spelling.
   *
   * @param text null where the name stands alone
   */
  static @Nullable SettingValue typed(Setting setting, @Nullable String text) {
    BootParameter.Reads reads = setting.bootParameter().reads();
    if (text == null) {
      return switch (reads) {
        case PRESENT -> new Bool(true);
        case BOOL_OR_BARE -> listed(setting, true);
        default -> setting.bounds().values().isEmpty() ? new Bool(true) : null;
      };
    }
    return switch (reads) {
      case PRESENT -> new Bool(true);
      case BOOL, BOOL_OR_BARE -> {
        Boolean read = kstrtobool(text);
        yield read == null ? null : listed(setting, read);
      }
      case WORDS -> word(setting, text);
      case WORDS_ANY_CASE -> word(setting, text.toLowerCase(Locale.ROOT));
      case INTEGER -> INTEGER.matcher(text).matches() ? new Text(decimal(text)) : null;
      case NON_ZERO ->
          INTEGER.matcher(text).matches()
              ? new Text(decimal(text).matches("-?0") ? "0" : "1")
              : null;
      case OPTIONS -> new Text(text);
    };
  }

  private static @Nullable SettingValue word(Setting setting, String text) {
    if (setting.bounds().values().isEmpty()) {
      return new Text(text);
    }
    return setting.bounds().values().stream()
        .filter(value -> value.display().equals(text))
        .findFirst()
        .orElse(null);
  }

  /** The first value of the catalog that means the same. */
  private static SettingValue listed(Setting setting, boolean on) {
    return setting.bounds().values().stream()
        .filter(value -> Boolean.valueOf(on).equals(kstrtobool(value.display())))
        .findFirst()
        .orElse(new Bool(on));
  }

  /** As {@code kstrtobool} of lib/kstrtox.c reads it; null for what it refuses. */
  static @Nullable Boolean kstrtobool(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    char first = lower.isEmpty() ? ' ' : lower.charAt(0);
    return switch (first) {
      case 'y', 't', '1' -> Boolean.TRUE;
      case 'n', 'f', '0' -> Boolean.FALSE;
      case 'o' -> lower.startsWith("on") ? Boolean.TRUE : lower.startsWith("of") ? false : null;
      default -> null;
    };
  }

  /** The number in decimal, by the base that its prefix names. */
  private static String decimal(String text) {
    boolean minus = text.startsWith("-");
    String digits = text.replaceFirst("^[+-]", "");
    int base = 10;
    if (digits.toLowerCase(Locale.ROOT).startsWith("0x")) {
      base = 16;
      digits = digits.substring(2);
    } else if (digits.length() > 1 && digits.startsWith("0")) {
      base = 8;
    }
    return (minus ? "-" : "") + new java.math.BigInteger(digits, base);
  }
}
