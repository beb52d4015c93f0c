package dev.palisade.audit.foretell;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Whether people would still reach a host, and the host the portal.
 *
 * @param lockOuts what would cut them off, as far as it is known
 * @param notKnown what cannot be told and why, as a sentence; empty where everything can
 */
public record Reach(List<Risk> lockOuts, String notKnown) {

  public Reach {
    lockOuts = List.copyOf(lockOuts);
  }

  /**
   * Foretells it. Where nobody said who listens on the host, what concerns its ports is not known
   * instead of a lock-out.
   */
  public static Reach of(Prospect prospect) {
    if (!prospect.concernsReach()) {
      return new Reach(List.of(), "");
    }
    List<Risk> lockOuts = ReachRisks.of(prospect).stream().filter(Risk::isLockOut).toList();
    if (prospect.around().listeners() != null) {
      return new Reach(lockOuts, "");
    }
    Map<Boolean, List<Risk>> ofPorts =
        lockOuts.stream()
            .collect(Collectors.partitioningBy(risk -> !risk.key().equals(Firewall.OUTPUT)));
    List<Risk> feared = ofPorts.getOrDefault(true, List.of());
    String why =
        prospect.evidence() == null
            ? "no evidence yet"
            : "its evidence does not say on which ports it listens";
    return new Reach(
        ofPorts.getOrDefault(false, List.of()),
        "Whether people would still reach it is not known: "
            + why
            + (feared.isEmpty() ? "" : "; " + feared.get(0).what())
            + ".");
  }
}
