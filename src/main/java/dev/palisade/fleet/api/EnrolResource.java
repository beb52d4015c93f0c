package dev.palisade.fleet.api;

import dev.palisade.core.Surface;
import dev.palisade.fleet.application.EnrolHost;
import dev.palisade.fleet.application.RegisterHost.Registered;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;

/** Where hosts enrol. */
@Surface(Surface.Kind.AGENT)
@RequestScoped
@Path("/enrol")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class EnrolResource {

  /** What a host says of itself. */
  public record EnrolBody(
      String token, String name, Map<String, String> facts, String sshHostKey) {}

  /** Its own token, the one time that it is shown, and whether it is let in. */
  public record Enrolled(String host, String token, String state) {}

  @Inject private EnrolHost enrol;

  @POST
  public Response enrol(EnrolBody body) {
    Registered enrolled = enrol.enrol(body.token(), body.name(), body.facts(), body.sshHostKey());
    return Response.status(Response.Status.CREATED)
        .entity(
            new Enrolled(
                enrolled.host().getName(),
                enrolled.token().text(),
                enrolled.host().getState().code()))
        .build();
  }
}
