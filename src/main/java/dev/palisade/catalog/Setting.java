package dev.palisade.catalog;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the catalog: all that is known about a setting.
 *
 * @param key unique in the catalog: a sysctl key, a NixOS option path, a kernel parameter or a
 *     module name
 * @param label a few plain words beside the key
 * @param family the group in which pages show it, for example {@code ICMP}
 * @param bounds which values are accepted
 * @param unit the unit of a number, or null
 * @param kernelDefault the value without any configuration, or null where it depends on the build
 * @param kernelDefaultNote what a person should know about the default, or null
 * @param combine how an {@code all} key reaches the interfaces
 * @param optionDepth how many names of the key belong to the NixOS option, for a key within the
 *     option's value such as {@code services.openssh.settings.X} (3); null where the whole key
 *     names the option
 * @param alias the key of which this is another name, or null
 * @param boot how the kernel reads it from its command line; null where it is no parameter, or
 *     where that is not known
 * @param perNamespace whether the kernel keeps one value per network namespace
 * @param rootOnly whether only root can read the running value, so that its absence from a dump
 *     made by another user proves nothing
 * @param noEffect why the kernel does not act on this setting, or null where it does
 * @param noEffectWhile the condition under which another setting makes this one idle, or null
 * @param acceptable values that are as good or better than any value of this list that stands
 *     before them; empty where only the exact value will do
 * @param stricter which values are stricter than others, or null where that is not known
 * @param ifWeaker what a weaker value lets happen; where empty, {@code riskIfNotSet} says it
 * @param unset what holds on a NixOS host that does not set it; null means the kernel's default
 * @param facts what a reviewer should know before choosing a value, weak points first
 */
public record Setting(
    String key,
    SettingKind kind,
    ValueType type,
    String label,
    String family,
    Bounds bounds,
    @Nullable String unit,
    @Nullable SettingValue kernelDefault,
    @Nullable String kernelDefaultNote,
    CombineRule combine,
    MergeKind merge,
    @Nullable Integer optionDepth,
    @Nullable String alias,
    @Nullable BootParameter boot,
    boolean perNamespace,
    boolean rootOnly,
    @Nullable String noEffect,
    @Nullable Condition noEffectWhile,
    List<SettingValue> acceptable,
    @Nullable Stricter stricter,
    String ifWeaker,
    @Nullable Unset unset,
    Severity severity,
    String description,
    String riskIfSet,
    String riskIfNotSet,
    List<String> breakage,
    List<String> setBy,
    List<String> references,
    List<Control> controls,
    List<Fact> facts) {

  /**
   * Which values are accepted. Empty lists and nulls mean: not bounded that way.
   *
   * @param values the only accepted values
   * @param labels a word for some values, by their {@link SettingValue#display()}
   * @param suggested values to offer where any text is accepted
   * @param min the least number, inclusive (per element for vectors and ports)
   * @param max the greatest number, inclusive
   * @param size how many elements a vector has
   * @param on least and greatest number on the architectures that have their own; on every other,
   *     {@code min} and {@code max} hold
   */
  public record Bounds(
      List<SettingValue> values,
      Map<String, String> labels,
      List<String> suggested,
      @Nullable Long min,
      @Nullable Long max,
      @Nullable Integer size,
      Map<Architecture, Range> on) {

    static final Bounds NONE = new Bounds(List.of(), Map.of(), List.of(), null, null, null);

    public Bounds {
      on = Map.copyOf(on);
    }

    /** Bounds that are the same on every architecture. */
    public Bounds(
        List<SettingValue> values,
        Map<String, String> labels,
        List<String> suggested,
        @Nullable Long min,
        @Nullable Long max,
        @Nullable Integer size) {
      this(values, labels, suggested, min, max, size, Map.of());
    }

    /** The least number that some architecture accepts, or null where not bounded so. */
    public @Nullable Long leastAnywhere() {
      return min == null
          ? null
          : Math.min(min, on.values().stream().mapToLong(Range::min).min().orElse(min));
    }

    /** The greatest number that some architecture accepts, or null where not bounded so. */
    public @Nullable Long greatestAnywhere() {
      return max == null
          ? null
          : Math.max(max, on.values().stream().mapToLong(Range::max).max().orElse(max));
    }
  }

  /** The least and the greatest number, both inclusive. */
  public record Range(long min, long max) {}

  /**
   * What holds where nobody sets a value.
   *
   * @param value that value, or null where it is not one value everywhere
   * @param by who is behind it: {@code the kernel}, {@code NixOS}, {@code systemd}; without a value
   *     a few words why there is none
   * @param weakest whether any value is stricter than none
   */
  public record Unset(@Nullable SettingValue value, String by, boolean weakest) {}

  /** How a key of the catalog writes the one segment that names an interface. */
  public static final String INTERFACE = "<if>";

  /** A requirement of a published benchmark, for example RHEL-09-251045 of the DISA STIG. */
  public record Control(String benchmark, String id) {}

  /**
   * Another setting whose running value, when it is one of {@code values}, makes this setting idle.
   *
   * @param why a sentence for people
   */
  public record Condition(String key, Set<Long> values, String why) {}

  /**
   * A fact that a reviewer should know.
   *
   * @param when the value to which it applies, or null for any value
   * @param text one or two sentences: first the fact, then its cause
   */
  public record Fact(@Nullable SettingValue when, String text) {}

  /**
   * What a value means in a word, for example {@code strict}; null where the number says it all.
   */
  public @Nullable String meaning(SettingValue value) {
    return bounds.labels().get(value.display());
  }

  /**
   * The bounds that the kernel has on one architecture.
   *
   * @return the general bounds where that architecture has none of its own
   */
  public Bounds boundsOn(Architecture architecture) {
    Range range = bounds.on().get(architecture);
    return range == null
        ? bounds
        : new Bounds(
            bounds.values(),
            bounds.labels(),
            bounds.suggested(),
            range.min(),
            range.max(),
            bounds.size());
  }

  /**
   * The architectures whose kernel accepts a number.
   *
   * @return empty where the bounds are the same everywhere or the value is not a number
   */
  public Set<Architecture> architecturesThatAccept(SettingValue value) {
    Set<Architecture> accepting = EnumSet.noneOf(Architecture.class);
    if (!bounds.on().isEmpty() && value instanceof SettingValue.Int number) {
      for (Architecture architecture : Architecture.values()) {
        Bounds there = boundsOn(architecture);
        if ((there.min() == null || number.value() >= there.min())
            && (there.max() == null || number.value() <= there.max())) {
          accepting.add(architecture);
        }
      }
    }
    return accepting;
  }

  /**
   * A sentence that names the architectures that accept a value, where others do not.
   *
   * @return empty where every architecture accepts it, or none does
   */
  public Optional<String> onlyOn(SettingValue value) {
    Set<Architecture> accepting = architecturesThatAccept(value);
    if (accepting.isEmpty() || accepting.size() == Architecture.values().length) {
      return Optional.empty();
    }
    return Optional.of(
        "The kernel accepts "
            + value.display()
            + " on "
            + String.join(" and ", accepting.stream().map(Architecture::code).toList())
            + " only: it takes "
            + rangesByArchitecture()
            + ". A kernel with other pages or shorter addresses takes a part of its range.");
  }

  /** The range of each architecture: {@code 28 to 32 on x86_64, 14 to 33 on aarch64}. */
  public String rangesByArchitecture() {
    return Arrays.stream(Architecture.values())
        .map(a -> boundsOn(a).min() + " to " + boundsOn(a).max() + " on " + a.code())
        .collect(Collectors.joining(", "));
  }

  /** Whether its key stands for one of each interface, so that nothing is called just so. */
  public boolean isForEachInterface() {
    return key.contains(INTERFACE);
  }

  /** The same setting under the key of one interface. */
  Setting named(String instance) {
    return new Setting(
        instance,
        kind,
        type,
        label,
        family,
        bounds,
        unit,
        kernelDefault,
        kernelDefaultNote,
        combine,
        merge,
        optionDepth,
        alias,
        boot,
        perNamespace,
        rootOnly,
        noEffect,
        noEffectWhile,
        acceptable,
        stricter,
        ifWeaker,
        unset,
        severity,
        description,
        riskIfSet,
        riskIfNotSet,
        breakage,
        setBy,
        references,
        controls,
        facts);
  }

  /** How the kernel reads it from its command line; as it stands where the catalog does not say. */
  public BootParameter bootParameter() {
    return boot == null ? BootParameter.UNKNOWN : boot;
  }

  /** What the change from one value to another does. */
  public Direction direction(SettingValue from, SettingValue to) {
    return ValueOrder.between(this, from, to);
  }

  /**
   * Whether a value does in place of the one that was asked for: it is stricter by the order, or
   * stands behind it among the acceptable values. Differences and verdicts both rest on it, so that
   * what a difference calls stronger is never called drifted.
   *
   * @param asked what was approved
   * @param value what runs, or what the host declares
   */
  public boolean isStricter(SettingValue asked, SettingValue value) {
    return accepts(asked, value) || direction(asked, value) == Direction.STRONGER;
  }

  /**
   * The same of a value that is in effect on an interface, with which no other combines any more.
   */
  public boolean isStricterInEffect(SettingValue asked, SettingValue value) {
    return accepts(asked, value) || ValueOrder.inEffect(this, asked, value) == Direction.STRONGER;
  }

  private boolean accepts(SettingValue asked, SettingValue value) {
    int place = acceptable.indexOf(asked);
    return place >= 0 && acceptable.lastIndexOf(value) > place;
  }

  /** What a weaker value lets happen, as a sentence; empty where nobody has said it. */
  public String risk() {
    return ifWeaker.isEmpty() ? riskIfNotSet : ifWeaker;
  }

  /** What holds on a host that does not set it, or null where that is not known. */
  public @Nullable Unset whenUnset() {
    if (unset != null) {
      return unset;
    }
    if (type == ValueType.FLAG) {
      return new Unset(null, "the kernel", true);
    }
    return kernelDefault == null ? null : new Unset(kernelDefault, "the kernel", false);
  }

  /** Whether nothing acts on this setting, whatever its value. */
  public boolean isIdle() {
    return noEffect != null || isNeverRead();
  }

  /** Whether it is a key for all interfaces of which the kernel reads none but their own values. */
  public boolean isNeverRead() {
    return combine == CombineRule.INTERFACE_ONLY && key.contains(".conf.all.");
  }

  /** The facts that apply to a value. */
  public List<Fact> factsAbout(SettingValue value) {
    return facts.stream().filter(f -> f.when() == null || f.when().equals(value)).toList();
  }
}
