package dev.palisade.audit;

import dev.palisade.audit.foretell.Change;
import dev.palisade.audit.foretell.Foreseen;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a version does to one setting, counted over the hosts that it reaches: how it compares with
 * what they run.
 *
 * @param hosts how many hosts stand where; those that are left out are none
 */
public record SettingImpact(String key, Map<Standing, Long> hosts) {

  /** How one setting would stand to what one host runs. */
  public enum Standing {
    WEAKER("weaker", "Weaker"),
    STRONGER("stronger", "Stronger"),
    NEUTRAL("neutral", "Neutral"),
    /** It changes, and nobody knows in which direction. */
    UNRANKED("unknown", "Not ranked"),
    ALREADY("already", "Already so"),
    /** The evidence does not say, is old, or was never sent. */
    NOT_KNOWN("not-known", "Not known"),
    NO_EFFECT("no-effect", "No effect");

    private final String code;
    private final String word;

    Standing(String code, String word) {
      this.code = code;
      this.word = word;
    }

    /** The word used in addresses. */
    public String code() {
      return code;
    }

    public String word() {
      return word;
    }

    private boolean isChange() {
      return this == WEAKER || this == STRONGER || this == NEUTRAL || this == UNRANKED;
    }
  }

  /** Counts settings over hosts; those that get weaker on most hosts first. */
  static List<SettingImpact> over(Collection<HostImpact> hosts) {
    Map<String, Map<Standing, Long>> counts = new HashMap<>();
    for (HostImpact host : hosts) {
      standings(host)
          .forEach(
              (key, standing) ->
                  counts
                      .computeIfAbsent(key, any -> new EnumMap<>(Standing.class))
                      .merge(standing, 1L, Long::sum));
    }
    List<SettingImpact> all = new ArrayList<>();
    counts.forEach((key, count) -> all.add(new SettingImpact(key, count)));
    Comparator<SettingImpact> order = Comparator.comparing(s -> -s.count(Standing.WEAKER));
    all.sort(order.thenComparing(s -> -s.changing()).thenComparing(SettingImpact::key));
    return all;
  }

  /** Where each setting stands on one host, by key. */
  static Map<String, Standing> standings(HostImpact host) {
    Foreseen foreseen = host.foreseen();
    boolean told = host.seenAt() != null && !host.silent();
    Map<String, Standing> standings = new HashMap<>();
    for (Change change : foreseen.changes()) {
      standings.put(change.key(), told ? of(change) : Standing.NOT_KNOWN);
    }
    foreseen
        .already()
        .forEach(key -> standings.put(key, told ? Standing.ALREADY : Standing.NOT_KNOWN));
    foreseen.notKnown().forEach(key -> standings.put(key, Standing.NOT_KNOWN));
    foreseen.noEffect().forEach(key -> standings.put(key, Standing.NO_EFFECT));
    return standings;
  }

  private static Standing of(Change change) {
    return switch (change.direction()) {
      case WEAKER -> Standing.WEAKER;
      case STRONGER -> Standing.STRONGER;
      case NEUTRAL -> Standing.NEUTRAL;
      case UNKNOWN -> Standing.UNRANKED;
    };
  }

  public long count(Standing standing) {
    return hosts.getOrDefault(standing, 0L);
  }

  private long changing() {
    return hosts.entrySet().stream()
        .filter(e -> e.getKey().isChange())
        .mapToLong(Map.Entry::getValue)
        .sum();
  }
}
