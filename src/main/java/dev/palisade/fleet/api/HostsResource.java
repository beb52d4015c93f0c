package dev.palisade.fleet.api;

import dev.palisade.core.DomainException;
import dev.palisade.core.Page;
import dev.palisade.core.Surface;
import dev.palisade.fleet.Host;
import dev.palisade.fleet.application.ReadHosts;
import dev.palisade.fleet.application.RegisterHost;
import dev.palisade.ssh.SshPublicKey;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
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
import java.util.Map;

/** Registered hosts. */
@Surface(Surface.Kind.ADMIN)
@RequestScoped
@Path("/hosts")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class HostsResource {

  private static final int MOST = 500;

  /** A host to register, or what to change about one. */
  public record HostBody(
      String name, Map<String, String> labels, Map<String, String> parameters, String sshHostKey) {}

  /** A host as the API shows one. */
  public record HostView(
      String name,
      Map<String, String> labels,
      Map<String, String> parameters,
      Map<String, String> facts,
      String state,
      String sshHostKey,
      Instant registeredAt,
      String registeredBy) {

    static HostView of(Host h) {
      return new HostView(
          h.getName(),
          h.getLabels(),
          h.getParameters(),
          h.getFacts(),
          h.getState().code(),
          h.pinnedKey().map(SshPublicKey::line).orElse(null),
          h.getRegisteredAt(),
          h.getRegisteredBy());
    }
  }

  /** A host and its token, the one time that the token is shown. */
  public record Registration(HostView host, String token) {}

  @Inject private ReadHosts hosts;
  @Inject private RegisterHost register;

  @GET
  public Page<HostView> list(
      @QueryParam("q") String query,
      @QueryParam("cursor") String cursor,
      @QueryParam("limit") @DefaultValue("100") int limit) {
    if (limit < 1 || limit > MOST) {
      throw DomainException.notValid("/limit", "A page has 1 to " + MOST + " hosts.");
    }
    List<HostView> all = hosts.search(query).stream().map(HostView::of).toList();
    List<HostView> rest =
        cursor == null ? all : all.stream().filter(h -> h.name().compareTo(cursor) > 0).toList();
    List<HostView> page = rest.subList(0, Math.min(limit, rest.size()));
    String next = page.size() < rest.size() ? page.get(page.size() - 1).name() : null;
    return new Page<>(page, (long) all.size(), next);
  }

  @POST
  public Response register(HostBody body) {
    if (body.sshHostKey() != null) {
      throw DomainException.notValid(
          "/sshHostKey",
          "Pin the key of a registered host by PATCH; one that enrols brings its own.");
    }
    RegisterHost.Registered registered =
        register.register(
            body.name(), body.labels(), body.parameters() == null ? Map.of() : body.parameters());
    return Response.created(URI.create("hosts/" + body.name())).entity(view(registered)).build();
  }

  @GET
  @Path("/{name}")
  public HostView host(@PathParam("name") String name) {
    return HostView.of(hosts.host(name));
  }

  @PATCH
  @Path("/{name}")
  public HostView change(@PathParam("name") String name, HostBody body) {
    if (body.name() != null && !body.name().equals(name)) {
      throw DomainException.notValid("/name", "A host keeps its name.");
    }
    return HostView.of(register.change(name, body.labels(), body.parameters(), body.sshHostKey()));
  }

  @POST
  @Path("/{name}/accept")
  @Consumes(MediaType.WILDCARD)
  public HostView accept(@PathParam("name") String name) {
    return HostView.of(register.accept(name));
  }

  @POST
  @Path("/{name}/token")
  @Consumes(MediaType.WILDCARD)
  public Registration rotate(@PathParam("name") String name) {
    return view(register.rotateToken(name));
  }

  private static Registration view(RegisterHost.Registered registered) {
    return new Registration(HostView.of(registered.host()), registered.token().text());
  }
}
