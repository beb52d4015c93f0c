package dev.palisade.audit;

import dev.palisade.audit.Reports.Heard;
import dev.palisade.audit.foretell.Prospect;
import dev.palisade.audit.foretell.Reach;
import dev.palisade.audit.verdict.Evidence;
import dev.palisade.core.PortalAddress;
import dev.palisade.fleet.Host;
import dev.palisade.profile.EffectiveProfile;
import dev.palisade.release.Offer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Foretells whether a rollout would cut hosts off, from the newest evidence of each. Reads each
 * report once: what was foretold from equal input is kept. Works inside the transaction of whoever
 * asks.
 */
@ApplicationScoped
public class ReachForecast {

  private static final int KEPT = 8_192;
  private static final int AT_ONCE = 50;

  @Inject private Reports reports;

  private final Map<Input, HostReach> kept = LruCache.create(KEPT);

  /**
   * A host and what it would get.
   *
   * @param present what it was offered last, or null
   */
  public record Change(Host host, EffectiveProfile next, Offer present) {}

  /**
   * All that a forecast depends on.
   *
   * @param report the id of the evidence, or null
   * @param present the digest of the release offered last, or null
   * @param portalPort where the portal answers on the host; 0 for nowhere
   */
  private record Input(
      Long report, EffectiveProfile next, String present, boolean runsPresent, int portalPort) {}

  /** What each change would do, by the host's id. */
  public Map<Long, HostReach> of(List<Change> changes) {
    if (changes.isEmpty()) {
      return Map.of();
    }
    Map<Long, Heard> heard =
        changes.size() > AT_ONCE
            ? reports.heard()
            : reports.heard(changes.stream().map(change -> change.host().id()).toList());
    Map<Long, HostReach> reached = new HashMap<>();
    List<Change> unread = new ArrayList<>();
    for (Change change : changes) {
      HostReach before = kept.get(input(change, heard.get(change.host().id())));
      if (before == null) {
        unread.add(change);
      } else {
        reached.put(change.host().id(), before);
      }
    }
    for (int i = 0; i < unread.size(); i += AT_ONCE) {
      foretell(unread.subList(i, Math.min(i + AT_ONCE, unread.size())), heard, reached);
    }
    return reached;
  }

  private void foretell(List<Change> some, Map<Long, Heard> heard, Map<Long, HostReach> reached) {
    Map<Long, Evidence> evidence =
        reports.read(
            some.stream()
                .map(change -> heard.get(change.host().id()))
                .filter(last -> last != null)
                .map(Heard::report)
                .toList());
    for (Change change : some) {
      Input input = input(change, heard.get(change.host().id()));
      HostReach reach = foretold(change, input, evidence.get(input.report()));
      kept.put(input, reach);
      reached.put(change.host().id(), reach);
    }
  }

  private static HostReach foretold(Change change, Input input, Evidence evidence) {
    Offer present = change.present();
    return HostReach.of(
        Reach.of(
            new Prospect(
                    change.next(),
                    present == null ? null : present.getRelease().content(),
                    input.runsPresent(),
                    evidence)
                .withPortalAt(input.portalPort())));
  }

  private static Input input(Change change, Heard heard) {
    Offer present = change.present();
    return new Input(
        heard == null ? null : heard.report(),
        change.next(),
        present == null ? null : present.getRelease().getDigest().hex(),
        present != null && heard != null && heard.isOf(present),
        PortalAddress.portOn(change.host().getName()));
  }
}
