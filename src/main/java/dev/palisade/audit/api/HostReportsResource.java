package dev.palisade.audit.api;

import dev.palisade.audit.application.ReadReports;
import dev.palisade.core.Page;
import dev.palisade.core.Surface;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** The reports of a host, newest first. */
@Surface(Surface.Kind.ADMIN)
@RequestScoped
@Path("/hosts/{name}/reports")
@Produces(MediaType.APPLICATION_JSON)
public class HostReportsResource {

  private static final int MOST = 500;

  @Inject private ReadReports reports;

  @GET
  public Page<ReportView> list(@PathParam("name") String name) {
    return Page.whole(reports.of(name, MOST).stream().map(r -> ReportView.of(r, null)).toList());
  }
}
