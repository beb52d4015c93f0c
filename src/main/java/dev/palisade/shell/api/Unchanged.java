package dev.palisade.shell.api;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.Provider;
import java.util.List;

/**
 * Answers 304 where the asker has the very file already. The tag of a JSON answer names the content
 * that a change may build on, not all that the answer says, so JSON always goes out.
 */
@Provider
public class Unchanged implements ContainerResponseFilter {

  private static final List<Object> ASK_AGAIN = List.of("private, no-cache");

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext answer) {
    EntityTag tag = answer.getEntityTag();
    if (tag == null
        || answer.getStatus() != Status.OK.getStatusCode()
        || MediaType.APPLICATION_JSON_TYPE.isCompatible(answer.getMediaType())) {
      return;
    }
    answer.getHeaders().putIfAbsent(HttpHeaders.CACHE_CONTROL, ASK_AGAIN);
    Response.ResponseBuilder met = request.getRequest().evaluatePreconditions(tag);
    if (met != null && met.build().getStatus() == Status.NOT_MODIFIED.getStatusCode()) {
      answer.setStatusInfo(Status.NOT_MODIFIED);
      answer.setEntity(null);
    }
  }
}
