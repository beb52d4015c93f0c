package dev.palisade.audit.view;

import dev.palisade.audit.FindingFilter;
import dev.palisade.audit.application.ReadFindings;
import dev.palisade.audit.view.PresentVerdicts.Line;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** The present verdicts of the setting that a waiver is about. A page is about one. */
@Named("presentVerdicts")
@RequestScoped
public class PresentVerdictsBacking {

  private static final int MAX_FINDINGS = 5_000;

  @Inject private ReadFindings findings;
  @Inject private FindingWords words;

  private List<Line> lines;

  /** How the setting stands on these hosts, the worst first. */
  public List<Line> of(String key, Collection<String> hosts) {
    if (lines == null) {
      FindingFilter filter =
          new FindingFilter(
              hosts.size() == 1 ? hosts.iterator().next() : null, key, null, List.of());
      lines = PresentVerdicts.of(findings.list(filter, 0, MAX_FINDINGS), hosts, words::brief);
    }
    return lines;
  }

  /** The same for one host; nothing where either is not named. */
  public List<Line> ofHost(String key, String host) {
    boolean named = key != null && !key.isBlank() && host != null && !host.isBlank();
    return named ? of(key.strip(), Set.of(host.strip())) : List.of();
  }
}
