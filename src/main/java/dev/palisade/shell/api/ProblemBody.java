package dev.palisade.shell.api;

import dev.palisade.core.DomainException;
import dev.palisade.core.DomainException.Fault;
import dev.palisade.core.Problem;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.MessageBodyWriter;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.List;

/** Writes problems as {@code application/problem+json} (RFC 9457). */
@Provider
@Produces(ProblemBody.TYPE)
public class ProblemBody implements MessageBodyWriter<ProblemBody.Details> {

  static final String TYPE = "application/problem+json";

  /** The members of a problem; {@code errors} names each member of the input that is at fault. */
  public record Details(
      String type, String title, int status, String detail, String code, List<Fault> errors) {}

  static Details details(Problem problem, String detail, List<Fault> faults) {
    return new Details(
        "urn:palisade:problem:" + problem.code(),
        problem.title(),
        problem.status(),
        detail,
        problem.code(),
        faults);
  }

  static Response response(DomainException refusal) {
    return Response.status(refusal.problem().status())
        .type(TYPE)
        .entity(details(refusal.problem(), refusal.detail(), refusal.faults()))
        .build();
  }

  /** The problem as JSON text, for answers that are given before any resource is reached. */
  public static byte[] bytes(DomainException refusal) throws IOException {
    return JsonBody.MAPPER.writeValueAsBytes(
        details(refusal.problem(), refusal.detail(), refusal.faults()));
  }

  @Override
  public boolean isWriteable(
      Class<?> type, Type generic, Annotation[] annotations, MediaType media) {
    return type == Details.class;
  }

  @Override
  public void writeTo(
      Details value,
      Class<?> type,
      Type generic,
      Annotation[] annotations,
      MediaType media,
      MultivaluedMap<String, Object> headers,
      OutputStream body)
      throws IOException {
    body.write(JsonBody.MAPPER.writeValueAsBytes(value));
  }
}
