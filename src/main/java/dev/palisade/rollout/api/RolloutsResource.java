package dev.palisade.rollout.api;

import dev.palisade.core.DomainException;
import dev.palisade.core.Page;
import dev.palisade.core.Surface;
import dev.palisade.fleet.Selector;
import dev.palisade.rollout.DespiteLockOut;
import dev.palisade.rollout.Rollout;
import dev.palisade.rollout.application.PlanRollout;
import dev.palisade.rollout.application.ReadRollouts;
import dev.palisade.rollout.application.StartRollout;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Rollouts, and how far their hosts have come. */
@Surface(Surface.Kind.ADMIN)
@RequestScoped
@Path("/rollouts")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class RolloutsResource {

  private static final String EVERYTHING = "100%";

  /** One wave; a rollout has exactly one, of {@code 100%}. */
  public record WaveBody(String size) {}

  /** Hosts to let through although people may be locked out of them, and why. */
  public record DespiteBody(List<String> hosts, String reason) {

    DespiteLockOut at(String pointer) {
      return new DespiteLockOut(pointer, hosts, reason, null);
    }
  }

  /** A rollout to plan. */
  public record NewRollout(
      String name,
      String selector,
      Map<String, Integer> versions,
      List<WaveBody> waves,
      DespiteBody despiteLockOut) {}

  /** A rollout as the API shows one; {@code hosts} counts them by state. */
  public record RolloutView(
      long id,
      String name,
      String selector,
      String state,
      String outcome,
      Map<String, Integer> versions,
      String plannedBy,
      Instant plannedAt,
      Instant startedAt,
      Instant endedAt,
      Map<String, Long> hosts) {

    static RolloutView of(Rollout r) {
      Map<String, Integer> versions = new TreeMap<>();
      r.getVersions().forEach(v -> versions.put(v.getProfile().getSlug(), v.getNumber()));
      Map<String, Long> hosts = new TreeMap<>();
      r.getHosts().forEach(h -> hosts.merge(h.getState().code(), 1L, Long::sum));
      return new RolloutView(
          r.getId(),
          r.getName(),
          r.getSelector(),
          r.getState().code(),
          r.getOutcome() == null ? null : r.getOutcome().code(),
          versions,
          r.getPlannedBy(),
          r.getPlannedAt(),
          r.getStartedAt(),
          r.getEndedAt(),
          hosts);
    }
  }

  @Inject private PlanRollout plan;
  @Inject private StartRollout start;
  @Inject private ReadRollouts rollouts;

  @GET
  public Page<RolloutView> list() {
    return Page.whole(rollouts.all().stream().map(RolloutView::of).toList());
  }

  @POST
  public Response plan(NewRollout rollout) {
    boolean oneWave =
        rollout.waves() == null
            || rollout.waves().isEmpty()
            || (rollout.waves().size() == 1
                && rollout.waves().get(0) != null
                && EVERYTHING.equals(rollout.waves().get(0).size()));
    if (!oneWave) {
      throw DomainException.notValid(
          "/waves", "A rollout has one wave of 100%; several waves are not supported yet.");
    }
    Rollout planned =
        plan.plan(
            rollout.name(),
            Selector.parse(rollout.selector()),
            rollout.versions(),
            rollout.despiteLockOut() == null
                ? null
                : rollout.despiteLockOut().at("/despiteLockOut"));
    return Response.created(URI.create("rollouts/" + planned.getId()))
        .entity(RolloutView.of(planned))
        .build();
  }

  @GET
  @Path("/{id}")
  public RolloutView rollout(@PathParam("id") long id) {
    return RolloutView.of(rollouts.rollout(id));
  }

  @GET
  @Path("/{id}/hosts")
  public Page<HostView> hosts(@PathParam("id") long id) {
    return Page.whole(rollouts.rollout(id).getHosts().stream().map(HostView::of).toList());
  }

  @POST
  @Path("/{id}/start")
  @Consumes(MediaType.WILDCARD)
  public RolloutView start(@PathParam("id") long id) {
    return RolloutView.of(start.start(id));
  }

  /** Looks at the hosts of a plan again. */
  @POST
  @Path("/{id}/check")
  @Consumes(MediaType.WILDCARD)
  public RolloutView check(@PathParam("id") long id) {
    return RolloutView.of(plan.checkAgain(id));
  }

  /** Takes hosts into a plan although people may be locked out of them. */
  @POST
  @Path("/{id}/let-through")
  public Page<HostView> letThrough(@PathParam("id") long id, DespiteBody despite) {
    return Page.whole(
        plan.letThrough(id, despite.at("")).getHosts().stream().map(HostView::of).toList());
  }
}
