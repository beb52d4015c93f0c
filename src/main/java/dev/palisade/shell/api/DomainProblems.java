package dev.palisade.shell.api;

import dev.palisade.core.DomainException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** Answers what the domain refuses. */
@Provider
public class DomainProblems implements ExceptionMapper<DomainException> {

  @Override
  public Response toResponse(DomainException refusal) {
    return ProblemBody.response(refusal);
  }
}
