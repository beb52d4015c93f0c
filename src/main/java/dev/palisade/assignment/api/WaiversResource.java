package dev.palisade.assignment.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palisade.assignment.Waiver;
import dev.palisade.assignment.WaiverCheck.Asked;
import dev.palisade.assignment.WaiverFilter;
import dev.palisade.assignment.WaiverState;
import dev.palisade.assignment.application.AskForWaiver;
import dev.palisade.assignment.application.DecideWaiver;
import dev.palisade.assignment.application.ReadWaivers;
import dev.palisade.assignment.application.ReadWaivers.Standing;
import dev.palisade.core.DomainException;
import dev.palisade.core.Page;
import dev.palisade.core.Surface;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Waivers: one person asks, another decides, and each one ends. */
@Surface(Surface.Kind.ADMIN)
@RequestScoped
@Path("/waivers")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class WaiversResource {

  /** What is asked for; {@code host} or {@code group}, and {@code value} with that effect only. */
  public record Request(
      String host,
      String group,
      String key,
      String effect,
      JsonNode value,
      String reason,
      Instant expiresAt) {}

  /** What is said with a decision; an approval needs no body. */
  public record Words(String comment) {

    static String of(Words words) {
      return words == null ? null : words.comment();
    }
  }

  /**
   * A waiver as the API shows one.
   *
   * @param state {@code expired} from the moment that its time has passed
   * @param hosts for whom it holds
   * @param singleOperator whether who asked for it decided on it
   */
  public record WaiverView(
      long id,
      String state,
      String host,
      String group,
      Set<String> hosts,
      String key,
      String effect,
      JsonNode value,
      String reason,
      Instant expiresAt,
      String requestedBy,
      Instant requestedAt,
      String decidedBy,
      Instant decidedAt,
      String comment,
      String revokedBy,
      Instant endedAt,
      boolean singleOperator) {

    static WaiverView of(Standing standing, Map<Long, Set<String>> hosts) {
      Waiver w = standing.waiver();
      boolean expired = standing.state() == WaiverState.EXPIRED;
      return new WaiverView(
          w.getId(),
          standing.state().code(),
          w.getHost() == null ? null : w.getHost().getName(),
          w.getGroupSlug(),
          hosts.getOrDefault(w.getId(), Set.of()),
          w.getKey(),
          w.getEffect().code(),
          w.value() == null ? null : w.value().toJson(),
          w.getReason(),
          w.getExpiresAt(),
          w.getRequestedBy(),
          w.getRequestedAt(),
          w.getDecidedBy(),
          w.getDecidedAt(),
          w.getComment(),
          w.getEndedBy(),
          expired ? w.getExpiresAt() : w.getEndedAt(),
          w.isByRequester());
    }
  }

  private static final int MOST = 500;

  @Inject private ReadWaivers read;
  @Inject private AskForWaiver askForWaiver;
  @Inject private DecideWaiver decide;

  @GET
  public Page<WaiverView> list(
      @QueryParam("state") String state,
      @QueryParam("host") String host,
      @QueryParam("key") String key,
      @QueryParam("cursor") @DefaultValue("0") int offset,
      @QueryParam("limit") @DefaultValue("100") int limit) {
    if (offset < 0) {
      throw DomainException.notValid("/cursor", "A cursor is what a page before this one named.");
    }
    if (limit < 1 || limit > MOST) {
      throw DomainException.notValid("/limit", "A page has 1 to " + MOST + " waivers.");
    }
    if (state != null
        && Stream.of(WaiverState.values()).noneMatch(known -> known.code().equals(state))) {
      throw DomainException.notValid("/state", "No waiver has this state.");
    }
    Set<WaiverState> states =
        state == null ? null : Set.of(WaiverState.valueOf(state.toUpperCase(Locale.ROOT)));
    WaiverFilter filter = new WaiverFilter(states, host, key, null);
    List<WaiverView> items = views(read.list(filter, offset, limit));
    long total = read.count(filter);
    String next = offset + items.size() < total ? String.valueOf(offset + items.size()) : null;
    return new Page<>(items, total, next);
  }

  private List<WaiverView> views(List<Standing> some) {
    Map<Long, Set<String>> hosts = read.hostNames(some);
    return some.stream().map(standing -> WaiverView.of(standing, hosts)).toList();
  }

  @POST
  public Response ask(Request request) {
    Waiver waiver =
        askForWaiver.ask(
            request.host(),
            request.group(),
            new Asked(
                request.key(),
                request.effect(),
                request.value(),
                request.reason(),
                request.expiresAt()));
    return Response.created(URI.create("waivers/" + waiver.getId()))
        .entity(waiver(waiver.getId()))
        .build();
  }

  @GET
  @Path("/{id: [0-9]{1,18}}")
  public WaiverView waiver(@PathParam("id") long id) {
    return views(List.of(read.waiver(id))).get(0);
  }

  @POST
  @Path("/{id: [0-9]{1,18}}/approve")
  public WaiverView approve(@PathParam("id") long id, Words words) {
    decide.approve(id, Words.of(words));
    return waiver(id);
  }

  @POST
  @Path("/{id: [0-9]{1,18}}/reject")
  public WaiverView reject(@PathParam("id") long id, Words words) {
    decide.reject(id, Words.of(words));
    return waiver(id);
  }

  @POST
  @Path("/{id: [0-9]{1,18}}/revoke")
  @Consumes(MediaType.WILDCARD)
  public WaiverView revoke(@PathParam("id") long id) {
    decide.revoke(id);
    return waiver(id);
  }
}
