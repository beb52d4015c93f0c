package dev.palisade.release.api;

import dev.palisade.core.Digest;
import dev.palisade.core.Surface;
import dev.palisade.release.application.GiveProof;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** What proves a release offline. */
@Surface(Surface.Kind.ADMIN)
@RequestScoped
@Path("/releases/{digest: [0-9a-f]{64}}/proof")
@Produces(MediaType.APPLICATION_JSON)
public class ReleaseProofResource {

  @Inject private GiveProof give;

  @GET
  public Response proof(@PathParam("digest") String digest, @QueryParam("host") String host) {
    Digest release = new Digest(digest);
    return Response.ok(give.toReader(release, host).json())
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            "attachment; filename=\"" + release.brief() + ".proof.json\"")
        .build();
  }
}
