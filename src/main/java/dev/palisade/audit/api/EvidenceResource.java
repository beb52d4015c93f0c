package dev.palisade.audit.api;

import dev.palisade.audit.application.ReceiveReport;
import dev.palisade.audit.application.ReceiveReport.Receipt;
import dev.palisade.core.Surface;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.TreeMap;

/** Where hosts send evidence about themselves. */
@Surface(Surface.Kind.AGENT)
@RequestScoped
@Path("/reports")
@Produces(MediaType.APPLICATION_JSON)
public class EvidenceResource {

  /** The report's id, and how many of the host's findings have which verdict. */
  public record ReceiptView(long report, Map<String, Long> verdicts) {}

  /** Carries an SSH signature over the body as it is once inflated: base64 without armour. */
  private static final String SIGNATURE = "Palisade-Signature";

  @Inject private ReceiveReport receive;

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response json(byte[] body, @HeaderParam(SIGNATURE) String signature) {
    return accepted(receive.json(body, signature));
  }

  @POST
  @Consumes(MediaType.TEXT_PLAIN)
  public Response sysctlDump(byte[] body, @HeaderParam(SIGNATURE) String signature) {
    return accepted(receive.sysctlDump(body, signature));
  }

  private static Response accepted(Receipt receipt) {
    Map<String, Long> verdicts = new TreeMap<>();
    receipt.verdicts().forEach((verdict, count) -> verdicts.put(verdict.code(), count));
    return Response.accepted(new ReceiptView(receipt.report(), verdicts)).build();
  }
}
