package dev.palisade.audit.view;

import dev.palisade.audit.HostImpact;
import dev.palisade.audit.Impact;
import dev.palisade.audit.ImpactGroup;
import dev.palisade.audit.application.ForetellImpact;
import dev.palisade.audit.foretell.Risk;
import dev.palisade.core.Count;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Arrays;
import java.util.List;

/** What the version of a page would do to hosts, in sum; shown beside the decision. */
@Named("impact")
@RequestScoped
public class ImpactBacking {

  private static final int FIRST = 5;

  @Inject private ForetellImpact foretell;

  private Impact impact;

  /** What is foretold; asked once a request. */
  public Impact of(String slug, int number) {
    if (impact == null) {
      impact = foretell.of(slug, number);
    }
    return impact;
  }

  /** How many hosts people may be locked out of. */
  public int lockOuts(String slug, int number) {
    return of(slug, number).count(ImpactGroup.LOCK_OUT);
  }

  /** The answer in a sentence, the worst of it first. */
  public String title(Impact foretold) {
    int all = foretold.hosts().size();
    int lockOuts = foretold.count(ImpactGroup.LOCK_OUT);
    int changes = foretold.count(ImpactGroup.CHANGES);
    int unknown = foretold.count(ImpactGroup.UNKNOWN);
    if (all == 0) {
      return "It reaches no host yet";
    }
    if (lockOuts > 0) {
      return "It may lock people out of " + lockOuts + " of " + hosts(all);
    }
    if (changes > 0) {
      return "It changes " + changes + " of " + hosts(all);
    }
    return unknown > 0
        ? "Of " + unknown + " of " + hosts(all) + " it is not known what changes"
        : "It changes nothing on " + hosts(all);
  }

  static String hosts(int count) {
    return Count.of(count, "host");
  }

  public List<ImpactGroup> getGroups() {
    return Arrays.asList(ImpactGroup.values());
  }

  /** The worst hosts. */
  public List<HostImpact> first(Impact foretold) {
    return foretold.hosts().stream().limit(FIRST).toList();
  }

  /** The first hosts that people may be locked out of. */
  public List<HostImpact> lockedOut(Impact foretold) {
    return foretold.hosts(ImpactGroup.LOCK_OUT).stream().limit(FIRST).toList();
  }

  /** The risks of a host that speak of something in use there. */
  public List<Risk> grave(HostImpact host) {
    return host.foreseen().risks().stream()
        .filter(risk -> risk.grade() != Risk.Grade.CHECK)
        .toList();
  }

  /** The risks of a host that are for a person to check. */
  public List<Risk> toCheck(HostImpact host) {
    return host.foreseen().risks(Risk.Grade.CHECK);
  }

  /** Why it is not known what would happen to a host, as a sentence without its stop. */
  public String unknown(HostImpact host) {
    if (host.foreseen().refused() != null) {
      return "No rollout would take it";
    }
    if (host.seenAt() == null) {
      return "It never sent evidence";
    }
    return host.silent()
        ? "It is silent, and its evidence is old"
        : "No change is seen, and of some settings its evidence does not speak";
  }
}
