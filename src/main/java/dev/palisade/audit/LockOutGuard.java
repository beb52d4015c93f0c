package dev.palisade.audit;

import dev.palisade.audit.foretell.Risk;
import dev.palisade.core.Count;
import dev.palisade.core.DomainException;
import dev.palisade.core.DomainException.Fault;
import dev.palisade.core.Problem;
import dev.palisade.profile.ApprovalAsked;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Lets nobody approve what may lock people out of a host without saying so, and has the journal
 * keep which hosts those were.
 */
@ApplicationScoped
public class LockOutGuard {

  private static final int NAMED = 50;
  private static final int EXPLAINED = 5;

  @Inject private ImpactForecast forecast;

  void on(@Observes ApprovalAsked asked) {
    List<HostImpact> lockedOut = forecast.of(asked.version()).hosts(ImpactGroup.LOCK_OUT);
    if (lockedOut.isEmpty()) {
      return;
    }
    if (!asked.isDespiteLockOut()) {
      throw refusal(lockedOut);
    }
    asked.note("despiteLockOut", true);
    asked.note("lockOuts", lockedOut.size());
    asked.note("lockOutHosts", lockedOut.stream().map(HostImpact::host).limit(NAMED).toList());
  }

  private static DomainException refusal(List<HostImpact> lockedOut) {
    String why =
        lockedOut.stream().limit(EXPLAINED).map(LockOutGuard::reason).collect(Collectors.joining());
    int more = lockedOut.size() - EXPLAINED;
    return new DomainException(
        Problem.LOCK_OUT_RISK,
        "It may lock people out of %s.%s%s Read the risks and accept them to approve all the same."
            .formatted(
                Count.of(lockedOut.size(), "host"), why, more > 0 ? " And " + more + " more." : ""),
        List.of(
            new Fault(
                "/despiteLockOut",
                "Read the risks, then approve with despiteLockOut true, or with the tick on the"
                    + " page.")));
  }

  private static String reason(HostImpact host) {
    return host.foreseen().risks().stream()
        .filter(Risk::isLockOut)
        .findFirst()
        .map(risk -> " " + host.host() + ": " + risk.what() + ".")
        .orElse("");
  }
}
