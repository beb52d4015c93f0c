package dev.palisade.audit.view;

import dev.palisade.audit.Finding;
import dev.palisade.audit.FindingFilter;
import dev.palisade.audit.ReleaseEvidence;
import dev.palisade.audit.Report;
import dev.palisade.audit.application.ReadFindings;
import dev.palisade.audit.application.ReadReports;
import dev.palisade.audit.verdict.VerdictGroup;
import dev.palisade.shell.view.PageFlow;
import dev.palisade.shell.view.VerdictBar;
import dev.palisade.shell.view.VerdictBar.Slice;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** One host's findings, trouble first, and the evidence behind them. */
@Named("hostFindings")
@RequestScoped
public class HostFindingsBacking {

  private static final int MOST = 2_000;
  private static final int REPORTS = 50;

  /** The findings of one group. */
  public record Group(VerdictGroup group, List<Finding> findings) {

    /** Trouble is shown open. */
    public boolean open() {
      return group == VerdictGroup.FAILING || group == VerdictGroup.WAITING;
    }
  }

  @Inject private ReadFindings findings;
  @Inject private ReadReports reports;

  private String name;
  private List<Group> groups;
  private List<Report> received;
  private Optional<ReleaseEvidence> evidence;

  /** Groups that hold anything, worst first. */
  public List<Group> getGroups() {
    if (groups == null) {
      List<Finding> all = findings.list(FindingFilter.ofHost(name), 0, MOST);
      groups = new ArrayList<>();
      for (VerdictGroup group : VerdictGroup.values()) {
        List<Finding> some = all.stream().filter(f -> f.verdict().group() == group).toList();
        if (!some.isEmpty()) {
          groups.add(new Group(group, some));
        }
      }
    }
    return groups;
  }

  public long count(String code) {
    return getGroups().stream()
        .filter(g -> g.group().code().equals(code))
        .mapToLong(g -> g.findings().size())
        .sum();
  }

  public long getTotal() {
    return getGroups().stream().mapToLong(g -> g.findings().size()).sum();
  }

  public VerdictBar getBar() {
    return VerdictBar.of(
        Arrays.stream(VerdictGroup.values())
            .map(
                g ->
                    Slice.group(
                        g.code(),
                        count(g.code()),
                        "/audit/findings?host=" + PageFlow.encoded(name) + "&group=" + g.code()))
            .toList());
  }

  /** The host's reports, newest first. */
  public List<Report> getReports() {
    if (received == null) {
      received = reports.of(name, REPORTS);
    }
    return received;
  }

  /** What its newest evidence has to do with what it is expected to run, or null. */
  public ReleaseEvidence getEvidence() {
    if (evidence == null) {
      evidence = reports.evidenceOf(name);
    }
    return evidence.orElse(null);
  }

  /** The newest report, or null. */
  public Report getNewest() {
    return getReports().isEmpty() ? null : getReports().get(0);
  }

  public String getName() {
    return name;
  }

  public void setName(String name) {
    this.name = name;
  }
}
