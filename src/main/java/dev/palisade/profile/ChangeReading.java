package dev.palisade.profile;

import dev.palisade.catalog.Direction;
import dev.palisade.catalog.Setting;
import dev.palisade.catalog.SettingKind;
import dev.palisade.catalog.SettingValue;
import java.util.Map;
import java.util.Objects;

/** What one change of a setting means: its direction, and why. */
public record ChangeReading(Direction direction, String why) {

  private static final String STAYS = " A running value stays until reboot.";

  /**
   * Reads a change of one setting by itself.
   *
   * @param from null where nothing sets it
   * @param to null where nothing sets it any more
   */
  public static ChangeReading of(Setting known, SettingValue from, SettingValue to) {
    return ofValue(
        known,
        from == null ? null : new ProfileSetting(known.key(), from),
        to == null ? null : new ProfileSetting(known.key(), to),
        Map.of(),
        Map.of());
  }

  /**
   * Reads a change.
   *
   * @param known the setting, or null where the catalog does not have it
   * @param from null where it is added
   * @param to null where it is removed
   * @param before all settings on that side by key
   */
  static ChangeReading of(
      Setting known,
      ProfileSetting from,
      ProfileSetting to,
      Map<String, ProfileSetting> before,
      Map<String, ProfileSetting> after) {
    if (from != null
        && to != null
        && from.value().equals(to.value())
        && Objects.equals(from.declared(), to.declared())) {
      return sameValue(from, to);
    }
    if (known == null) {
      return unknown("The catalog does not know this setting.");
    }
    if (isOperators(from) || isOperators(to)) {
      return unknown("Its value is the operator’s; see what the parameter allows.");
    }
    ChangeReading value = ofValue(known, from, to, before, after);
    return from == null || to == null || from.mandatory() == to.mandatory()
        ? value
        : value.together(sameValue(from, to));
  }

  private static boolean isOperators(ProfileSetting setting) {
    return setting != null && References.of(setting.value()).isPresent();
  }

  private static ChangeReading sameValue(ProfileSetting from, ProfileSetting to) {
    if (from.mandatory() == to.mandatory()) {
      return neutral("Only the reason is worded differently.");
    }
    return to.mandatory()
        ? new ChangeReading(
            Direction.STRONGER,
            "It becomes mandatory: a host’s own configuration must not override it.")
        : new ChangeReading(
            Direction.WEAKER,
            "It is no longer mandatory: a host’s own configuration may override it.");
  }

  /** A value that changes together with being mandatory: doubt and weakness win. */
  private ChangeReading together(ChangeReading strength) {
    Direction both =
        switch (direction) {
          case NEUTRAL -> strength.direction;
          case STRONGER ->
              strength.direction == Direction.STRONGER ? Direction.STRONGER : Direction.UNKNOWN;
          case WEAKER, UNKNOWN -> direction;
        };
    return new ChangeReading(both, why + " " + strength.why);
  }

  private static ChangeReading ofValue(
      Setting known,
      ProfileSetting from,
      ProfileSetting to,
      Map<String, ProfileSetting> before,
      Map<String, ProfileSetting> after) {
    if (known.noEffect() != null) {
      return neutral(known.noEffect());
    }
    if (known.isNeverRead()) {
      return neutral("The kernel never reads this key: only each interface’s own value counts.");
    }
    Setting.Condition idle = known.noEffectWhile();
    if (idle != null && holds(idle, before) && holds(idle, after)) {
      return neutral(idle.why());
    }
    if (from == null) {
      return added(known, to.value());
    }
    if (to == null) {
      return removed(known, from.value());
    }
    return between(
            known,
            from.value(),
            to.value(),
            ValueChange.shown(known, from.value()),
            ValueChange.shown(known, to.value()))
        .with(caveat(known, to.value()));
  }

  private static boolean holds(Setting.Condition idle, Map<String, ProfileSetting> settings) {
    ProfileSetting other = settings.get(idle.key());
    return other != null
        && other.value() instanceof SettingValue.Int number
        && idle.values().contains(number.value());
  }

  private static ChangeReading between(
      Setting known, SettingValue from, SettingValue to, String before, String after) {
    return new ValueChange(known, from, to, before, after).read();
  }

  private static ChangeReading added(Setting known, SettingValue value) {
    Setting.Unset unset = known.whenUnset();
    if (unset != null && unset.weakest()) {
      return new ChangeReading(
          Direction.STRONGER,
          "Stronger than leaving it out; the risk without it: " + ValueChange.risk(known));
    }
    if (unset == null || unset.value() == null) {
      return withoutDefault(known, unset);
    }
    String standard = standard(known, unset);
    if (unset.value().equals(value)) {
      return neutral("T" + standard.substring(1) + " is the same.").with(caveat(known, value));
    }
    return between(known, unset.value(), value, standard, ValueChange.shown(known, value))
        .with(caveat(known, value));
  }

  private static ChangeReading removed(Setting known, SettingValue value) {
    boolean sysctl = known.kind() == SettingKind.SYSCTL;
    Setting.Unset unset = known.whenUnset();
    if (unset != null && unset.weakest()) {
      return new ChangeReading(
          Direction.WEAKER,
          "Weaker than keeping it; the risk without it: " + ValueChange.risk(known));
    }
    if (unset == null || unset.value() == null) {
      return withoutDefault(known, unset).with(sysctl ? STAYS : "");
    }
    String standard = standard(known, unset);
    if (unset.value().equals(value)) {
      return neutral(
          "T"
              + standard.substring(1)
              + " is the same"
              + (sysctl ? ", but a running value stays until reboot." : "."));
    }
    return between(known, value, unset.value(), ValueChange.shown(known, value), standard)
        .with(sysctl ? STAYS : "");
  }

  private static ChangeReading withoutDefault(Setting known, Setting.Unset unset) {
    if (ValueChange.isTuning(known)) {
      return neutral(ValueChange.TUNING);
    }
    String note = unset == null ? known.kernelDefaultNote() : unset.by();
    return unknown(
        note == null
            ? "The catalog does not know what holds without it."
            : "What holds without it differs between systems: " + note + ".");
  }

  /** What holds without the setting, within a sentence. */
  private static String standard(Setting known, Setting.Unset unset) {
    String who = unset.by().equals("the kernel") ? "kernel" : unset.by();
    return "the " + who + " default of " + ValueChange.shown(known, unset.value());
  }

  /** What speaks against the new value in particular, as a further sentence. */
  private static String caveat(Setting known, SettingValue value) {
    return known.facts().stream()
        .filter(fact -> value.equals(fact.when()))
        .findFirst()
        .map(fact -> " " + fact.text())
        .orElse("");
  }

  private ChangeReading with(String sentence) {
    return new ChangeReading(direction, why + sentence);
  }

  private static ChangeReading neutral(String why) {
    return new ChangeReading(Direction.NEUTRAL, why);
  }

  private static ChangeReading unknown(String why) {
    return new ChangeReading(Direction.UNKNOWN, why);
  }
}
