package dev.palisade.fleet.api;

import dev.palisade.core.DomainException;
import dev.palisade.core.Page;
import dev.palisade.core.Surface;
import dev.palisade.fleet.HostGroup;
import dev.palisade.fleet.application.ManageGroups;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Map;

/** Groups of hosts. */
@Surface(Surface.Kind.ADMIN)
@RequestScoped
@Path("/groups")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class GroupsResource {

  /** A group to create, or what to change about one. */
  public record GroupBody(
      String slug, String name, String selector, Map<String, String> parameters) {}

  /** A group as the API shows one; {@code hosts} counts those in it now, where it is listed. */
  public record GroupView(
      String slug, String name, String selector, Map<String, String> parameters, Long hosts) {

    static GroupView of(HostGroup g, Long hosts) {
      return new GroupView(g.getSlug(), g.getName(), g.getSelector(), g.getParameters(), hosts);
    }
  }

  @Inject private ManageGroups groups;

  @GET
  public Page<GroupView> list() {
    return Page.whole(groups.list().stream().map(c -> GroupView.of(c.group(), c.hosts())).toList());
  }

  @POST
  public Response create(GroupBody body) {
    HostGroup group =
        groups.create(
            body.slug(),
            body.name(),
            body.selector(),
            body.parameters() == null ? Map.of() : body.parameters());
    return Response.created(URI.create("groups/" + group.getSlug()))
        .entity(GroupView.of(group, null))
        .build();
  }

  @PUT
  @Path("/{slug}")
  public GroupView change(@PathParam("slug") String slug, GroupBody body) {
    if (body.slug() != null && !body.slug().equals(slug)) {
      throw DomainException.notValid("/slug", "A group keeps its slug.");
    }
    return GroupView.of(groups.change(slug, body.name(), body.selector(), body.parameters()), null);
  }

  @DELETE
  @Path("/{slug}")
  @Consumes(MediaType.WILDCARD)
  public void remove(@PathParam("slug") String slug) {
    groups.remove(slug);
  }
}
