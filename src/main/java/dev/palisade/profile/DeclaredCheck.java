package dev.palisade.profile;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palisade.catalog.Catalog;
import dev.palisade.catalog.MergeKind;
import dev.palisade.catalog.SettingKind;
import dev.palisade.catalog.SettingValue;
import dev.palisade.catalog.ValueType;
import dev.palisade.core.DomainException;
import dev.palisade.nix.NixText;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks what somebody declares about a setting that the catalog does not have. */
public final class DeclaredCheck {

  /**
   * A declaration as sent.
   *
   * @param kind {@code sysctl} or {@code nixos-option}
   * @param type as in the catalog, for example {@code int} or {@code string-list}
   * @param min the least number; where missing, the least that the type has
   * @param max the greatest number; where missing, the greatest that the type has
   * @param values of a choice
   * @param size of a vector
   * @param merge for lists {@code add} or {@code whole}; where missing, {@code add}
   */
  public record Entry(
      String kind,
      String type,
      Long min,
      Long max,
      List<JsonNode> values,
      Integer size,
      String merge) {}

  private static final Set<ValueType> SYSCTL_TYPES =
      EnumSet.of(
          ValueType.SWITCH,
          ValueType.INT,
          ValueType.CHOICE_INT,
          ValueType.INT_VECTOR,
          ValueType.CHOICE,
          ValueType.TEXT);
  private static final Set<ValueType> OPTION_TYPES =
      EnumSet.of(
          ValueType.BOOL,
          ValueType.INT,
          ValueType.CHOICE_INT,
          ValueType.CHOICE,
          ValueType.TEXT,
          ValueType.TEXT_LIST,
          ValueType.PORT_LIST);
  private static final Set<ValueType> LISTS = EnumSet.of(ValueType.TEXT_LIST, ValueType.PORT_LIST);

  private static final Pattern SYSCTL_KEY =
      Pattern.compile("[a-z][A-Za-z0-9_]*(\\.[A-Za-z0-9_*@:/-]+)+");
  private static final Pattern OPTION_SEGMENT = Pattern.compile("[A-Za-z_][A-Za-z0-9_'@:-]*");

  /** What a module sets itself, or what is no option of a host. */
  private static final List<String> NOT_OPTIONS =
      List.of(
          "boot.kernel.sysctl",
          "boot.kernelParams",
          "boot.kernelModules",
          "boot.blacklistedKernelModules",
          "hardening",
          "environment.etc",
          "_module",
          "assertions",
          "config",
          "disabledModules",
          "imports",
          "meta",
          "options",
          "warnings");

  private static final int KEY_LENGTH = 250;
  private static final int MOST_VALUES = 100;
  private static final int MOST_SIZE = 64;

  private DeclaredCheck() {}

  /**
   * Checks a declaration and the key that it is for.
   *
   * @throws DomainException naming the first member that is at fault
   */
  static DeclaredType check(String pointer, String key, Entry entry) {
    String at = pointer + "/declared";
    boolean sysctl = SettingKind.SYSCTL.code().equals(entry.kind());
    if (!sysctl && !SettingKind.NIXOS_OPTION.code().equals(entry.kind())) {
      throw DomainException.notValid(at + "/kind", "A kind is sysctl or nixos-option.");
    }
    ValueType type =
        ValueType.of(entry.type() == null ? "" : entry.type())
            .filter((sysctl ? SYSCTL_TYPES : OPTION_TYPES)::contains)
            .orElseThrow(
                () ->
                    DomainException.notValid(
                        at + "/type", "A type is one of " + codes(sysctl) + "."));
    requireKey(pointer + "/key", key, sysctl);
    boolean choice = type == ValueType.CHOICE || type == ValueType.CHOICE_INT;
    boolean list = LISTS.contains(type);
    requireFit(at + "/values", choice, entry.values() != null, "Values are listed for a choice.");
    requireFit(
        at + "/size", type == ValueType.INT_VECTOR, entry.size() != null, "A vector has a size.");
    if (entry.size() != null && (entry.size() < 1 || entry.size() > MOST_SIZE)) {
      throw DomainException.notValid(at + "/size", "A vector has 1 to " + MOST_SIZE + " numbers.");
    }
    if (entry.merge() != null && !list) {
      throw DomainException.notValid(at + "/merge", "Only lists are merged.");
    }
    boolean number = type == ValueType.INT;
    if (!number && (entry.min() != null || entry.max() != null)) {
      throw DomainException.notValid(
          at + "/min", "Only a number has a least and a greatest value.");
    }
    Long min = number ? orElse(entry.min(), Integer.MIN_VALUE) : null;
    Long max = number ? orElse(entry.max(), Integer.MAX_VALUE) : null;
    if (number && min > max) {
      throw DomainException.notValid(at + "/min", "The least value is greater than the greatest.");
    }
    return new DeclaredType(
        sysctl ? SettingKind.SYSCTL : SettingKind.NIXOS_OPTION,
        type,
        min,
        max,
        choice ? values(at, type, entry.values()) : List.of(),
        entry.size(),
        list ? merge(at, entry.merge()) : MergeKind.SCALAR);
  }

  private static Long orElse(Long bound, long otherwise) {
    return bound == null ? Long.valueOf(otherwise) : bound;
  }

  private static void requireFit(String at, boolean wanted, boolean given, String detail) {
    if (wanted != given) {
      throw DomainException.notValid(at, detail);
    }
  }

  private static List<SettingValue> values(String at, ValueType type, List<JsonNode> sent) {
    List<SettingValue> values = new ArrayList<>();
    for (JsonNode node : sent) {
      SettingValue value = SettingValue.fromJson(node, at + "/values");
      boolean fits =
          type == ValueType.CHOICE_INT
              ? value instanceof SettingValue.Int
              : value instanceof SettingValue.Text text && isLine(text.value());
      if (!fits || values.contains(value)) {
        throw DomainException.notValid(
            at + "/values",
            type == ValueType.CHOICE_INT
                ? "The values are different whole numbers."
                : "The values are different texts of one line.");
      }
      values.add(value);
    }
    if (values.isEmpty() || values.size() > MOST_VALUES) {
      throw DomainException.notValid(
          at + "/values", "A choice has 1 to " + MOST_VALUES + " values.");
    }
    return values;
  }

  private static boolean isLine(String text) {
    return !text.isBlank()
        && text.length() <= KEY_LENGTH
        && text.chars()
            .noneMatch(c -> Character.isISOControl(c) || Character.isSurrogate((char) c));
  }

  private static MergeKind merge(String at, String code) {
    if (code == null || code.equals(MergeKind.ADD.code())) {
      return MergeKind.ADD;
    }
    if (code.equals(MergeKind.WHOLE.code())) {
      return MergeKind.WHOLE;
    }
    throw DomainException.notValid(at + "/merge", "Lists are merged by add or whole.");
  }

  private static void requireKey(String at, String key, boolean sysctl) {
    String plain = key.replaceAll("\\$\\{" + References.NAME + "}", "x");
    if (plain.length() > KEY_LENGTH) {
      throw DomainException.notValid(at, "A key has at most " + KEY_LENGTH + " characters.");
    }
    if (sysctl) {
      if (!SYSCTL_KEY.matcher(plain).matches()) {
        throw DomainException.notValid(
            at, "A sysctl key looks like net.ipv4.tcp_sack; one segment can be a parameter.");
      }
      if (Catalog.isSecret(plain)) {
        throw DomainException.notValid(at, "Its value is key material, which is never kept here.");
      }
      return;
    }
    List<String> path = NixText.path(plain);
    if (path.size() < 2 || !path.stream().allMatch(s -> OPTION_SEGMENT.matcher(s).matches())) {
      throw DomainException.notValid(
          at,
          "An option’s key looks like services.openssh.enable; one segment can be a parameter.");
    }
    if (NOT_OPTIONS.stream().anyMatch(own -> plain.equals(own) || plain.startsWith(own + "."))) {
      throw DomainException.notValid(at, "This is not an option that a profile sets by itself.");
    }
  }

  private static String codes(boolean sysctl) {
    return String.join(
        ", ", (sysctl ? SYSCTL_TYPES : OPTION_TYPES).stream().map(ValueType::code).toList());
  }
}
