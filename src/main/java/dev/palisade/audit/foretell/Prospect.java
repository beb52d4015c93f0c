package dev.palisade.audit.foretell;

import dev.palisade.audit.verdict.Evidence;
import dev.palisade.audit.verdict.Expected;
import dev.palisade.audit.verdict.Listener;
import dev.palisade.audit.verdict.Surroundings;
import dev.palisade.catalog.SettingValue;
import dev.palisade.catalog.SettingValue.Bool;
import dev.palisade.profile.EffectiveProfile;
import dev.palisade.profile.EffectiveSetting;
import dev.palisade.release.ReleaseRecord;
import dev.palisade.release.ReleaseRecord.ResolvedSetting;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One host before a change: what it would get, what it was given, and what it was seen to run. */
public final class Prospect {

  private final EffectiveProfile next;
  private final @Nullable ReleaseRecord present;
  private final boolean runsPresent;
  private final @Nullable Evidence evidence;
  private final Map<String, SettingValue> after;
  private final Map<String, SettingValue> before;
  private final Set<String> interfaces;
  private final int portalPort;

  /**
   * A host and what would become of it.
   *
   * @param next all that it would be given, its other profiles included
   * @param present the release that was offered to it last, or null
   * @param runsPresent whether it is known to have that release
   * @param evidence the newest, or null where it never sent any
   */
  public Prospect(
      EffectiveProfile next,
      @Nullable ReleaseRecord present,
      boolean runsPresent,
      @Nullable Evidence evidence) {
    this(next, present, runsPresent, evidence, 0);
  }

  private Prospect(
      EffectiveProfile next,
      @Nullable ReleaseRecord present,
      boolean runsPresent,
      @Nullable Evidence evidence,
      int portalPort) {
    this.portalPort = portalPort;
    this.next = next;
    this.present = present;
    this.runsPresent = runsPresent;
    this.evidence = evidence;
    this.after =
        next.settings().stream()
            .collect(Collectors.toMap(EffectiveSetting::key, EffectiveSetting::value));
    this.interfaces = evidence == null ? Set.of() : evidence.interfaces();
    this.before = new HashMap<>();
    if (present != null) {
      present.settings().forEach(s -> before.put(s.key(), s.value()));
    }
  }

  /**
   * The same host, which the portal itself runs on or is reached through.
   *
   * @param port where the portal answers
   */
  public Prospect withPortalAt(int port) {
    return new Prospect(next, present, runsPresent, evidence, port);
  }

  /** Whether this is where the portal answers. */
  boolean isPortalAt(Listening one) {
    return one.port() == portalPort && "tcp".equals(one.proto());
  }

  EffectiveProfile next() {
    return next;
  }

  /** Whether what it would be given or was given speaks of its firewall, its ssh daemon or IPv6. */
  boolean concernsReach() {
    return Firewall.isConcernedBy(after.keySet())
        || Firewall.isConcernedBy(before.keySet())
        || Ipv6Switch.isAmong(after.keySet());
  }

  boolean runsPresent() {
    return runsPresent;
  }

  @Nullable Evidence evidence() {
    return evidence;
  }

  Surroundings around() {
    return evidence == null ? Surroundings.NONE : evidence.around();
  }

  /** Values that it would be given, by key. */
  Map<String, SettingValue> after() {
    return after;
  }

  /** Values of the release offered last, by key. */
  Map<String, SettingValue> before() {
    return before;
  }

  /** What the release offered last sets, and the new content no longer does. */
  List<ResolvedSetting> removed() {
    return present == null
        ? List.of()
        : present.settings().stream().filter(s -> !after.containsKey(s.key())).toList();
  }

  List<Expected> expected() {
    return next.settings().stream()
        .map(s -> new Expected(s.known(), s.value(), s.layer().slug()))
        .toList();
  }

  /** Whether a switch is turned this way that was not turned so by the release before. */
  boolean turns(String key, boolean on) {
    return turned(after, key, on) && !turned(before, key, on);
  }

  private static boolean turned(Map<String, SettingValue> values, String key, boolean on) {
    return new Bool(on).equals(values.get(key));
  }

  /** The running value of a key, or null. */
  @Nullable String running(String key) {
    String value = evidence == null ? null : evidence.sysctl().get(key);
    return value == null ? null : value.strip();
  }

  /** The host's interfaces; empty where the evidence does not speak of any. */
  Set<String> interfaces() {
    return interfaces;
  }

  /** Whether the evidence names the program behind any port. */
  boolean namesPrograms() {
    List<Listener> listeners = around().listeners();
    return listeners != null && listeners.stream().anyMatch(one -> one.process() != null);
  }

  /** That nothing was seen, and why. */
  String unseen(String what) {
    return evidence == null
        ? "It never sent evidence."
        : "Its evidence says nothing of " + what + ".";
  }
}
