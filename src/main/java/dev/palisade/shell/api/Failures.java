package dev.palisade.shell.api;

import dev.palisade.shell.Outage;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** Answers what nobody foresaw, without showing its cause. */
@Provider
public class Failures implements ExceptionMapper<Throwable> {

  @Override
  public Response toResponse(Throwable failure) {
    return ProblemBody.response(Outage.of(failure));
  }
}
