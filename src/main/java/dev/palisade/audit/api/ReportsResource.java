package dev.palisade.audit.api;

import dev.palisade.audit.Report;
import dev.palisade.audit.application.ReadReports;
import dev.palisade.core.Surface;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.nio.charset.StandardCharsets;

/** One report, with the evidence as received. */
@Surface(Surface.Kind.ADMIN)
@RequestScoped
@Path("/reports")
@Produces(MediaType.APPLICATION_JSON)
public class ReportsResource {

  @Inject private ReadReports reports;

  @GET
  @Path("/{id}")
  public ReportView report(@PathParam("id") long id) {
    Report report = reports.report(id);
    return ReportView.of(report, new String(report.body(), StandardCharsets.UTF_8));
  }
}
