package dev.palisade.agent.api;

import dev.palisade.agent.AgentModule;
import dev.palisade.agent.application.ReadAgentModule;
import dev.palisade.core.Digest;
import dev.palisade.core.Surface;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.Response;

/** The agent's module for one host, for people who put it into a configuration. */
@Surface(Surface.Kind.ADMIN)
@RequestScoped
@Path("/hosts/{name}/agent.nix")
public class HostAgentResource {

  static final String TEXT = "text/plain;charset=UTF-8";

  @Inject private ReadAgentModule modules;

  @GET
  public Response module(@PathParam("name") String name) {
    return text(modules.of(name));
  }

  static Response text(AgentModule module) {
    String text = module.text();
    return Response.ok(text, TEXT).tag(new EntityTag(Digest.of(text).hex())).build();
  }
}
