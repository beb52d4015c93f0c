package dev.palisade.audit.view;

import dev.palisade.audit.FindingFilter;
import dev.palisade.audit.HostPosture;
import dev.palisade.audit.application.ReadFindings;
import dev.palisade.audit.verdict.Verdict;
import dev.palisade.audit.verdict.VerdictGroup;
import dev.palisade.fleet.Host;
import dev.palisade.shell.view.VerdictBar;
import dev.palisade.shell.view.VerdictBar.Slice;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** How the fleet stands: each host counted once, by its worst verdict. */
@Named("posture")
@RequestScoped
public class PostureBacking {

  private static final int MOST_FAILING = 8;
  private static final Duration SILENT = Duration.ofHours(24);

  @Inject private ReadFindings findings;

  private List<HostPosture> postures;
  private Map<String, HostPosture> byHost;
  private Map<Verdict, Long> counts;
  private String group;

  public List<HostPosture> getPostures() {
    if (postures == null) {
      postures = findings.postures();
    }
    return postures;
  }

  /** How a host stands; null for a name that nobody registered. */
  public HostPosture of(String host) {
    if (byHost == null) {
      byHost = new HashMap<>();
      getPostures().forEach(p -> byHost.put(p.host(), p));
    }
    return byHost.get(host);
  }

  /**
   * Looks whether there is the group that the address names.
   *
   * @throws DomainException not valid, naming the parameter
   */
  public void open() {
    if (group != null && !group.isBlank() && !group.equals("none")) {
      FindingFilter.group(group);
    }
  }

  /** Those of the hosts that are of the chosen group; all where none is chosen. */
  public List<Host> listed(List<Host> hosts) {
    if (group == null || group.isBlank()) {
      return hosts;
    }
    Set<String> names =
        getPostures().stream()
            .filter(p -> (p.worst() == null ? "none" : p.worst().code()).equals(group))
            .map(HostPosture::host)
            .collect(Collectors.toSet());
    return hosts.stream().filter(host -> names.contains(host.getName())).toList();
  }

  /** How many hosts count under a group, by their worst. */
  public long hosts(String code) {
    return getPostures().stream()
        .filter(p -> p.worst() != null && p.worst().code().equals(code))
        .count();
  }

  /** Hosts of whom nothing is expected yet. */
  public long getWithoutRelease() {
    return getPostures().stream().filter(p -> p.worst() == null).count();
  }

  /** Hosts that hold or fail something. */
  public long getJudged() {
    return getPostures().size() - getWithoutRelease();
  }

  public long findings(String code) {
    return counts().entrySet().stream()
        .filter(e -> e.getKey().group().code().equals(code))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  public long getExpected() {
    return counts().values().stream().mapToLong(Long::longValue).sum();
  }

  /** Which share of what can have an effect holds as it was approved, as {@code 95.6 %}. */
  public String getShare() {
    return share(findings.count(FindingFilter.ALL.ignoringWaivers()));
  }

  /** Which share of it holds, or need not hold for a while. */
  public String getShareWithWaivers() {
    return share(counts());
  }

  private static String share(Map<Verdict, Long> counts) {
    long holding = 0;
    long able = 0;
    for (Map.Entry<Verdict, Long> count : counts.entrySet()) {
      VerdictGroup of = count.getKey().group();
      able += of == VerdictGroup.NO_EFFECT ? 0 : count.getValue();
      holding += of == VerdictGroup.HOLDING || of == VerdictGroup.WAIVED ? count.getValue() : 0;
    }
    return able == 0 ? "–" : String.format(Locale.ENGLISH, "%.1f %%", 100.0 * holding / able);
  }

  public VerdictBar getBar() {
    return VerdictBar.of(
        Arrays.stream(VerdictGroup.values())
            .map(
                g -> Slice.group(g.code(), findings(g.code()), "/audit/findings?group=" + g.code()))
            .toList());
  }

  /** Keys that fail on most hosts, with how many. */
  public List<Map.Entry<String, Long>> getMostFailing() {
    return List.copyOf(findings.mostFailing(MOST_FAILING).entrySet());
  }

  /** Hosts that reported once and not within the last day, longest first. */
  public List<HostPosture> getSilent() {
    Instant limit = Instant.now().minus(SILENT);
    return getPostures().stream()
        .filter(p -> p.seenAt() != null && p.seenAt().isBefore(limit))
        .sorted(Comparator.comparing(HostPosture::seenAt))
        .toList();
  }

  /** The newest evidence of all, or null. */
  public Instant getNewest() {
    return getPostures().stream()
        .map(HostPosture::seenAt)
        .filter(java.util.Objects::nonNull)
        .max(Comparator.naturalOrder())
        .orElse(null);
  }

  private Map<Verdict, Long> counts() {
    if (counts == null) {
      counts = findings.count(FindingFilter.ALL);
    }
    return counts;
  }

  public String getGroup() {
    return group;
  }

  public void setGroup(String group) {
    this.group = group;
  }
}
