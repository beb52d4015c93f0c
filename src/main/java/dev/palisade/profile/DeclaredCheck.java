package dev.palisade.profile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.palisade.catalog.Catalog;
import dev.palisade.catalog.MergeKind;
import dev.palisade.catalog.SettingKind;
import dev.palisade.catalog.SettingValue;
import dev.palisade.catalog.ValueType;
import dev.palisade.core.DomainException;
import dev.palisade.core.DomainException.Fault;
import dev.palisade.nix.NixText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
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
   * @param optionDepth how many names of the key belong to the NixOS option, for a key within its
   *     value; where missing, all of them
   */
  public record Entry(
      String kind,
      String type,
      Long min,
      Long max,
      List<JsonNode> values,
      Integer size,
      String merge,
      Integer optionDepth) {

    /** What somebody would send to declare the same; null for null. */
    public static Entry of(DeclaredType type) {
      return type == null
          ? null
          : new Entry(
              type.kind().code(),
              type.type().code(),
              type.min(),
              type.max(),
              type.values().isEmpty()
                  ? null
                  : type.values().stream().map(SettingValue::toJson).toList(),
              type.size(),
              type.merge() == MergeKind.SCALAR ? null : type.merge().code(),
              type.optionDepth());
    }
  }

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

  /** Where a key leaves the option for a key within the option's value. */
  private static final Pattern WITHIN_OPTION =
      Pattern.compile("\\.settings(?=\\.)|\\.(?=\"|\\$\\{)");

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

  private static final JsonMapper READER = JsonMapper.builder().build();
  private static final int KEY_LENGTH = 250;
  private static final int MOST_VALUES = 100;
  private static final int MOST_SIZE = 64;

  private final String at;
  private final List<Fault> faults = new ArrayList<>();

  private DeclaredCheck(String at) {
    this.at = at;
  }

  /**
   * Checks a declaration and the key that it is for.
   *
   * @throws DomainException naming every member that is at fault
   */
  static DeclaredType check(String pointer, String key, Entry entry) {
    DeclaredCheck check = new DeclaredCheck(pointer + "/declared");
    boolean sysctl = SettingKind.SYSCTL.code().equals(entry.kind());
    if (!sysctl && !SettingKind.NIXOS_OPTION.code().equals(entry.kind())) {
      throw DomainException.notValid(check.at + "/kind", "A kind is sysctl or nixos-option.");
    }
    keyFault(key, sysctl).ifPresent(f -> check.faults.add(new Fault(pointer + "/key", f)));
    Optional<ValueType> type =
        ValueType.of(entry.type() == null ? "" : entry.type()).filter(types(sysctl)::contains);
    check.require("/type", type.isPresent(), "A type is one of " + codes(sysctl) + ".");
    DeclaredType declared =
        type.map(
                t ->
                    check.declared(
                        key, sysctl ? SettingKind.SYSCTL : SettingKind.NIXOS_OPTION, t, entry))
            .orElse(null);
    SettingsCheck.requireNone(check.faults);
    return declared;
  }

  /**
   * Reads a declaration that a page held for a while.
   *
   * @param json as {@link DeclaredType#toJson} wrote it; empty for none
   * @return empty where it is not, or no longer, accepted
   */
  public static Optional<DeclaredType> read(String key, String json) {
    if (json == null || json.isEmpty()) {
      return Optional.empty();
    }
    try {
      Entry entry = READER.readValue(json, Entry.class);
      return entry == null ? Optional.empty() : Optional.of(check("", key, entry));
    } catch (JsonProcessingException | DomainException e) {
      return Optional.empty();
    }
  }

  /** The types that a setting of the kernel, or else an option, may be declared to have. */
  public static Set<ValueType> types(boolean sysctl) {
    return Collections.unmodifiableSet(sysctl ? SYSCTL_TYPES : OPTION_TYPES);
  }

  /**
   * Proposes how many names of a key belong to the option: those up to the first {@code settings},
   * or those before the first name that is a parameter or stands in quotes.
   *
   * @return null where the whole key is likely to name the option
   */
  public static Integer proposedDepth(String key) {
    Matcher within = WITHIN_OPTION.matcher(key);
    if (!within.find()) {
      return null;
    }
    int depth = NixText.path(key.substring(0, within.start())).size();
    return within.group().startsWith(".settings") ? depth + 1 : depth;
  }

  private DeclaredType declared(String key, SettingKind kind, ValueType type, Entry entry) {
    boolean choice = type == ValueType.CHOICE || type == ValueType.CHOICE_INT;
    boolean list = LISTS.contains(type);
    boolean number = type == ValueType.INT;
    require("/values", choice == (entry.values() != null), "Values are listed for a choice.");
    require(
        "/size", (type == ValueType.INT_VECTOR) == (entry.size() != null), "A vector has a size.");
    require(
        "/size",
        entry.size() == null || (entry.size() >= 1 && entry.size() <= MOST_SIZE),
        "A vector has 1 to " + MOST_SIZE + " numbers.");
    require("/merge", entry.merge() == null || list, "Only lists are merged.");
    require(
        entry.min() == null ? "/max" : "/min",
        number || (entry.min() == null && entry.max() == null),
        "Only a number has a least and a greatest value.");
    Long min = number ? orElse(entry.min(), Integer.MIN_VALUE) : null;
    Long max = number ? orElse(entry.max(), Integer.MAX_VALUE) : null;
    require("/min", !number || min <= max, "The least value is greater than the greatest.");
    require("/min", isExact(min), "A number is at least " + -SettingValue.MOST + ".");
    require("/max", isExact(max), "A number is at most " + SettingValue.MOST + ".");
    return new DeclaredType(
        kind,
        type,
        min,
        max,
        choice && entry.values() != null ? values(type, entry.values()) : List.of(),
        entry.size(),
        list ? merge(entry.merge()) : MergeKind.SCALAR,
        depth(key, kind, entry.optionDepth()));
  }

  /** All names of a key are the same as none said, so that both have one canonical form. */
  private Integer depth(String key, SettingKind kind, Integer depth) {
    if (depth == null) {
      return null;
    }
    int names = NixText.path(key.replaceAll("\\$\\{" + References.NAME + "}", "x")).size();
    require(
        "/optionDepth",
        kind == SettingKind.NIXOS_OPTION && depth >= 2 && depth <= names,
        "An option has at least 2 names and at most the "
            + names
            + " of the key; a sysctl has no option depth.");
    return depth == names ? null : depth;
  }

  private static Long orElse(Long bound, long otherwise) {
    return bound == null ? Long.valueOf(otherwise) : bound;
  }

  static boolean isExact(Long bound) {
    return bound == null || (bound <= SettingValue.MOST && bound >= -SettingValue.MOST);
  }

  private void require(String member, boolean holds, String otherwise) {
    if (!holds) {
      faults.add(new Fault(at + member, otherwise));
    }
  }

  private List<SettingValue> values(ValueType type, List<JsonNode> sent) {
    List<SettingValue> values = new ArrayList<>();
    boolean fit = true;
    for (JsonNode node : sent) {
      SettingValue value = SettingValue.fromJson(node, at + "/values");
      fit &=
          !values.contains(value)
              && (type == ValueType.CHOICE_INT
                  ? value instanceof SettingValue.Int
                  : value instanceof SettingValue.Text text && isLine(text.value()));
      values.add(value);
    }
    require(
        "/values",
        fit,
        type == ValueType.CHOICE_INT
            ? "The values are different whole numbers."
            : "The values are different texts of one line.");
    require(
        "/values",
        !values.isEmpty() && values.size() <= MOST_VALUES,
        "A choice has 1 to " + MOST_VALUES + " values.");
    return values;
  }

  private static boolean isLine(String text) {
    return !text.isBlank()
        && text.length() <= KEY_LENGTH
        && text.chars()
            .noneMatch(c -> Character.isISOControl(c) || Character.isSurrogate((char) c));
  }

  private MergeKind merge(String code) {
    boolean whole = MergeKind.WHOLE.code().equals(code);
    require(
        "/merge",
        whole || code == null || code.equals(MergeKind.ADD.code()),
        "Lists are merged by add or whole.");
    return whole ? MergeKind.WHOLE : MergeKind.ADD;
  }

  /** What is wrong with a key, as a sentence. */
  private static Optional<String> keyFault(String key, boolean sysctl) {
    String plain = key.replaceAll("\\$\\{" + References.NAME + "}", "x");
    if (plain.length() > KEY_LENGTH) {
      return Optional.of("A key has at most " + KEY_LENGTH + " characters.");
    }
    if (sysctl) {
      if (!SYSCTL_KEY.matcher(plain).matches()) {
        return Optional.of(
            "A sysctl key looks like net.ipv4.tcp_sack; one segment can be a parameter.");
      }
      return Catalog.isSecret(plain)
          ? Optional.of("Its value is key material, which is never kept here.")
          : Optional.empty();
    }
    List<String> path = NixText.path(plain);
    if (path.size() < 2 || !path.stream().allMatch(s -> OPTION_SEGMENT.matcher(s).matches())) {
      return Optional.of(
          "An option’s key looks like services.openssh.enable; one segment can be a parameter.");
    }
    return NOT_OPTIONS.stream().anyMatch(own -> plain.equals(own) || plain.startsWith(own + "."))
        ? Optional.of("This is not an option that a profile sets by itself.")
        : Optional.empty();
  }

  private static String codes(boolean sysctl) {
    return String.join(", ", types(sysctl).stream().map(ValueType::code).toList());
  }
}
