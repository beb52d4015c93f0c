package dev.palisade.shell.api;

import dev.palisade.core.Problem;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.List;
import java.util.Map;

/** Answers what JAX-RS itself refuses: no such path, another method, an unreadable parameter. */
@Provider
public class RefusedByServer implements ExceptionMapper<WebApplicationException> {

  private static final Map<Integer, String> DETAILS =
      Map.of(
          404, "There is nothing at this path.",
          405, "This path does not take this method.",
          406, "This path cannot answer in the type that was asked for.",
          415, "This path does not take a body of this content type.");

  @Override
  public Response toResponse(WebApplicationException refusal) {
    Response answer = refusal.getResponse();
    int status = answer.getStatus();
    if (status < 400) {
      return answer;
    }
    Problem problem =
        switch (status) {
          case 404 -> Problem.NOT_FOUND;
          case 405 -> Problem.METHOD_NOT_ALLOWED;
          case 406 -> Problem.NOT_ACCEPTABLE;
          case 415 -> Problem.UNSUPPORTED_TYPE;
          default -> Problem.BAD_REQUEST;
        };
    String detail = DETAILS.getOrDefault(status, problem.title() + ".");
    return Response.fromResponse(answer)
        .status(problem.status())
        .type(ProblemBody.TYPE)
        .entity(ProblemBody.details(problem, detail, List.of()))
        .build();
  }
}
