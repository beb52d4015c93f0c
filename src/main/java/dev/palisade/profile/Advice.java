package dev.palisade.profile;

import dev.palisade.catalog.Catalog;
import dev.palisade.catalog.CombineRule;
import dev.palisade.catalog.Direction;
import dev.palisade.catalog.Setting;
import dev.palisade.catalog.SettingValue;
import dev.palisade.catalog.SettingValue.Int;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an author or reviewer should know about one chosen value, from the catalog's facts and from
 * what else the version says.
 *
 * @param offers the key of a setting that would help, or null
 */
public record Advice(Weight weight, String text, String offers) {

  /** How much it matters. */
  public enum Weight {
    /** The version contradicts itself. */
    GRAVE("fail"),
    /** About the very value: worth a look before it is approved. */
    LOOK("warn"),
    /** Good to know. */
    NOTE("info");

    private final String tone;

    Weight(String tone) {
      this.tone = tone;
    }
  }

  private static final Pattern SCOPED =
      Pattern.compile("(net\\.ipv[46]\\.conf\\.)(all|default|\\*)\\.([^.]+)");
  private static final String ALL = "all";
  private static final Set<CombineRule> COUNTED_ALONE =
      EnumSet.of(CombineRule.NONE, CombineRule.BROADCAST, CombineRule.INTERFACE_ONLY);

  private static Advice worthALook(String text) {
    return new Advice(Weight.LOOK, text, null);
  }

  private static Advice note(String text) {
    return new Advice(Weight.NOTE, text, null);
  }

  /** Whether the version contradicts itself. */
  public boolean grave() {
    return weight == Weight.GRAVE;
  }

  /** The tone in which pages show it. */
  public String tone() {
    return weight.tone;
  }

  /** For the person who reviews. Contradictions first. */
  public static List<Advice> on(ProfileSetting chosen, VersionContent content, Catalog catalog) {
    Setting setting = chosen.known(catalog);
    List<Advice> advice = new ArrayList<>();
    contradiction(chosen, setting, content, catalog).ifPresent(advice::add);
    outweighed(chosen, setting, content).ifPresent(advice::add);
    if (setting.noEffect() != null) {
      advice.add(worthALook("No effect. " + setting.noEffect()));
    }
    if (setting.noEffectWhile() != null && isIdle(setting.noEffectWhile(), content)) {
      advice.add(
          worthALook(
              "No effect beside this version’s other settings. " + setting.noEffectWhile().why()));
    }
    advice.addAll(facts(chosen, setting, content, catalog));
    weaker(chosen.value(), setting).ifPresent(advice::add);
    if (!setting.setBy().isEmpty()) {
      advice.add(note("Others set it too: " + String.join("; ", setting.setBy()) + "."));
    }
    return List.copyOf(advice);
  }

  /** For the person who writes: the same, and whether the value makes a difference at all. */
  public static List<Advice> whileEditing(
      ProfileSetting chosen, VersionContent content, Catalog catalog) {
    List<Advice> advice = new ArrayList<>(on(chosen, content, catalog));
    Setting setting = chosen.known(catalog);
    if (chosen.value().equals(setting.kernelDefault())) {
      advice.add(note("Equals the kernel’s default. It still proves that nobody changed it."));
    }
    return List.copyOf(advice);
  }

  /** Two names of one key with two values: the kernel keeps whichever is written last. */
  private static Optional<Advice> contradiction(
      ProfileSetting chosen, Setting setting, VersionContent content, Catalog catalog) {
    return content.settings().stream()
        .filter(other -> Contradiction.isOneKey(setting, other.known(catalog)))
        .filter(other -> !other.value().equals(chosen.value()))
        .findFirst()
        .map(
            other ->
                new Advice(
                    Weight.GRAVE,
                    "Contradicts "
                        + other.key()
                        + " = "
                        + other.value().display()
                        + ": both are names of one key, and the one that sorts later wins.",
                    null));
  }

  /** A value for all interfaces and one for each, of which the kernel lets the other one count. */
  private static Optional<Advice> outweighed(
      ProfileSetting chosen, Setting setting, VersionContent content) {
    Matcher key = SCOPED.matcher(chosen.key());
    boolean combined = !COUNTED_ALONE.contains(setting.combine());
    if (!combined || !key.matches() || !(chosen.value() instanceof Int mine)) {
      return Optional.empty();
    }
    boolean all = key.group(2).equals(ALL);
    boolean forwards =
        content
            .find(key.group(1) + "all.forwarding")
            .filter(f -> f.value().equals(new Int(1)))
            .isPresent();
    for (String scope : all ? List.of("*", "default") : List.of(ALL)) {
      String other = key.group(1) + scope + "." + key.group(3);
      if (content.find(other).map(ProfileSetting::value).orElse(null) instanceof Int theirs) {
        long effect =
            all
                ? setting.combine().inEffect(mine.value(), theirs.value(), forwards)
                : setting.combine().inEffect(theirs.value(), mine.value(), forwards);
        if (effect != mine.value() && effect == theirs.value()) {
          return Optional.of(
              new Advice(
                  Weight.GRAVE,
                  "Outweighed by %s = %d: of conf.all and an interface’s own value, %s."
                      .formatted(other, theirs.value(), setting.combine().words()),
                  null));
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isIdle(Setting.Condition condition, VersionContent content) {
    return content
        .find(condition.key())
        .filter(other -> other.value() instanceof Int n && condition.values().contains(n.value()))
        .isPresent();
  }

  /** What the catalog knows about the value, or about each one that a parameter may have. */
  private static List<Advice> facts(
      ProfileSetting chosen, Setting setting, VersionContent content, Catalog catalog) {
    List<Advice> advice = new ArrayList<>();
    String glob = glob(chosen.key()).filter(key -> helps(key, content, catalog)).orElse(null);
    for (Setting.Fact fact : setting.factsAbout(chosen.value())) {
      boolean names = glob != null && fact.text().contains(glob);
      Weight weight = fact.when() == null ? Weight.NOTE : Weight.LOOK;
      advice.add(new Advice(weight, fact.text(), names ? glob : null));
    }
    References.of(chosen.value())
        .flatMap(content::parameter)
        .filter(Parameter::isNarrow)
        .ifPresent(parameter -> advice.addAll(facts(parameter, chosen, setting)));
    return advice;
  }

  private static List<Advice> facts(Parameter parameter, ProfileSetting chosen, Setting setting) {
    List<Advice> advice = new ArrayList<>();
    for (SettingValue probe : parameter.probes()) {
      SettingValue value =
          References.inValue(chosen.value(), setting.kind(), Map.of(parameter.name(), probe));
      setting.facts().stream()
          .filter(fact -> value.equals(fact.when()))
          .map(
              fact ->
                  "Where %s is %s: %s".formatted(parameter.name(), probe.display(), fact.text()))
          .forEach(text -> advice.add(worthALook(text)));
    }
    return advice;
  }

  /** The key that reaches every interface, where this one is for all or for new ones. */
  private static Optional<String> glob(String key) {
    Matcher scoped = SCOPED.matcher(key);
    return scoped.matches() && !scoped.group(2).equals("*")
        ? Optional.of(scoped.group(1) + "*." + scoped.group(3))
        : Optional.empty();
  }

  private static boolean helps(String glob, VersionContent content, Catalog catalog) {
    return content.find(glob).isEmpty() && catalog.find(glob).isPresent();
  }

  /** Weaker than what holds where nobody sets anything. */
  private static Optional<Advice> weaker(SettingValue value, Setting setting) {
    Setting.Unset unset = setting.whenUnset();
    SettingValue own = setting.kernelDefault();
    if (own != null && setting.direction(own, value) == Direction.WEAKER) {
      return Optional.of(weaker("the kernel’s own default", own, setting));
    }
    return unset != null
            && unset.value() != null
            && setting.direction(unset.value(), value) == Direction.WEAKER
        ? Optional.of(weaker("what " + unset.by() + " sets by itself", unset.value(), setting))
        : Optional.empty();
  }

  private static Advice weaker(String than, SettingValue own, Setting setting) {
    return worthALook(
        "Weaker than %s, %s: %s"
            .formatted(than, ValueChange.shown(setting, own), ValueChange.risk(setting)));
  }
}
