package dev.palisade.audit.view;

import dev.palisade.audit.Finding;
import dev.palisade.audit.verdict.Verdict;
import dev.palisade.core.Count;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** How a setting stands on some hosts now, for whoever decides on a waiver of it. */
final class PresentVerdicts {

  private static final int MAX_NAMES = 3;

  /**
   * Hosts on which the setting stands alike.
   *
   * @param verdict null where nothing is expected of the setting there
   * @param words what is wanted and what runs
   * @param names the first hosts
   */
  public record Line(Verdict verdict, String words, int hosts, List<String> names) {

    /** The hosts by name, or how many they are. */
    public String where() {
      return hosts <= MAX_NAMES ? String.join(", ", names) : Count.of(hosts, "host");
    }
  }

  private PresentVerdicts() {}

  /**
   * Groups hosts by how the setting stands there.
   *
   * @param findings of the setting, the worst first; of other hosts too
   * @param brief a finding in half a line
   */
  static List<Line> of(
      List<Finding> findings, Collection<String> hosts, Function<Finding, String> brief) {
    Set<String> left = new LinkedHashSet<>(hosts);
    Map<String, List<Finding>> alike = new LinkedHashMap<>();
    for (Finding finding : findings) {
      if (hosts.contains(finding.host())) {
        left.remove(finding.host());
        alike
            .computeIfAbsent(finding.verdict() + brief.apply(finding), any -> new ArrayList<>())
            .add(finding);
      }
    }
    List<Line> lines = new ArrayList<>();
    for (List<Finding> some : alike.values()) {
      Finding first = some.get(0);
      lines.add(
          line(first.verdict(), brief.apply(first), some.stream().map(Finding::host).toList()));
    }
    if (!left.isEmpty()) {
      lines.add(line(null, "no release that was offered sets it", List.copyOf(left)));
    }
    return lines;
  }

  private static Line line(Verdict verdict, String words, List<String> hosts) {
    return new Line(verdict, words, hosts.size(), hosts.stream().limit(MAX_NAMES).toList());
  }
}
