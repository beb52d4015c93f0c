package dev.palisade.agent.api;

import dev.palisade.agent.application.ReadAgentModule;
import dev.palisade.core.Surface;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.Response;

/** The agent's module as Nix fetches it. */
@Surface(Surface.Kind.NIX)
@RequestScoped
@Path("/")
public class AgentDeliveryResource {

  @Inject private ReadAgentModule modules;

  @GET
  @Path("agent.nix")
  public Response module() {
    return HostAgentResource.text(modules.ofAnyHost());
  }

  @GET
  @Path("agent.tar.gz")
  public Response archive() {
    var module = modules.ofAnyHost();
    return Response.ok(module.archive(), "application/gzip")
        .tag(new EntityTag(module.tree().narHash()))
        .header("Cache-Control", "no-cache")
        .build();
  }
}
