package dev.palisade.profile;

import dev.palisade.catalog.Catalog;
import dev.palisade.catalog.Setting;
import dev.palisade.catalog.SettingValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an author or reviewer should know about one chosen value, from the catalog's facts and from
 * what else the version says.
 *
 * @param grave whether the version contradicts itself; otherwise it is worth a look
 * @param offers the key of a setting that would help, or null
 */
public record Advice(boolean grave, String text, String offers) {

  private static final String RP_FILTER = ".rp_filter";
  private static final String RP_FILTER_GLOB = "net.ipv4.conf.*.rp_filter";

  private static Advice worthALook(String text) {
    return new Advice(false, text, null);
  }

  /** Contradictions first. */
  public static List<Advice> on(ProfileSetting chosen, VersionContent content, Catalog catalog) {
    Setting setting = chosen.known(catalog);
    List<Advice> advice = new ArrayList<>();
    contradiction(chosen, setting, content, catalog).ifPresent(advice::add);
    if (setting.noEffect() != null) {
      advice.add(worthALook("No effect. " + setting.noEffect()));
    }
    if (setting.noEffectWhile() != null && isIdle(setting.noEffectWhile(), content)) {
      advice.add(
          worthALook(
              "No effect beside this version’s other settings. " + setting.noEffectWhile().why()));
    }
    String glob = globThatWouldHelp(chosen, content);
    for (Setting.Fact fact : setting.factsAbout(chosen.value())) {
      advice.add(new Advice(false, fact.text(), glob));
    }
    if (!setting.setBy().isEmpty()) {
      advice.add(worthALook("Others set it too: " + String.join("; ", setting.setBy()) + "."));
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
                    true,
                    "Contradicts "
                        + other.key()
                        + " = "
                        + other.value().display()
                        + ": both are names of one key, and the one that sorts later wins.",
                    null));
  }

  private static boolean isIdle(Setting.Condition condition, VersionContent content) {
    return content
        .find(condition.key())
        .filter(
            other ->
                other.value() instanceof SettingValue.Int n
                    && condition.values().contains(n.value()))
        .isPresent();
  }

  private static String globThatWouldHelp(ProfileSetting chosen, VersionContent content) {
    boolean shadowed =
        chosen.key().endsWith(RP_FILTER)
            && !chosen.key().equals(RP_FILTER_GLOB)
            && content.find(RP_FILTER_GLOB).isEmpty();
    return shadowed ? RP_FILTER_GLOB : null;
  }
}
