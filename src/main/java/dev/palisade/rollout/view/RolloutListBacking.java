package dev.palisade.rollout.view;

import dev.palisade.rollout.Rollout;
import dev.palisade.rollout.RolloutState;
import dev.palisade.rollout.application.ReadRollouts;
import dev.palisade.shell.view.Looks;
import dev.palisade.shell.view.VerdictBar;
import dev.palisade.shell.view.VerdictBar.Slice;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Rollouts, newest first, each with how far its hosts have come. */
@Named("rolloutList")
@RequestScoped
public class RolloutListBacking {

  @Inject private ReadRollouts rollouts;

  private List<Rollout> all;

  public List<Rollout> getAll() {
    if (all == null) {
      all = rollouts.all();
    }
    return all;
  }

  public List<Rollout> getRunning() {
    return getAll().stream().filter(r -> r.getState() == RolloutState.RUNNING).toList();
  }

  /** The hosts of a rollout by state; each slice leads to its list. */
  public static VerdictBar barOf(Rollout rollout) {
    return VerdictBar.of(
        List.of(
            slice(rollout, "verified"),
            slice(rollout, "verified_partly"),
            slice(rollout, "failing"),
            slice(rollout, "rolled_back"),
            slice(rollout, "failing_before"),
            slice(rollout, "fetched"),
            slice(rollout, "offered"),
            slice(rollout, "planned"),
            slice(rollout, "refused"),
            slice(rollout, "superseded")));
  }

  private static Slice slice(Rollout rollout, String look) {
    long count = rollout.getHosts().stream().filter(h -> h.getLook().equals(look)).count();
    return new Slice(
        Looks.state(look).tone(),
        Looks.state(look).word(),
        count,
        "/rollout/detail?id=" + rollout.getId() + "&state=" + look);
  }

  /** How many hosts stand where, in half a line: {@code 3 verified · 1 offered}. */
  public String brief(Rollout rollout) {
    Map<String, Long> counts = new TreeMap<>();
    rollout.getHosts().forEach(host -> counts.merge(host.getLook(), 1L, Long::sum));
    return counts.entrySet().stream()
        .map(e -> e.getValue() + " " + Looks.state(e.getKey()).word().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(" · "));
  }

  public VerdictBar bar(Rollout rollout) {
    return barOf(rollout);
  }
}
