package dev.palisade.audit.view;

import dev.palisade.audit.Report;
import dev.palisade.audit.application.ReadReports;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.nio.charset.StandardCharsets;

/** One report with the evidence as received. */
@Named("reportDetail")
@RequestScoped
public class ReportBacking {

  @Inject private ReadReports reports;

  private long id;
  private Report report;

  public Report getReport() {
    if (report == null) {
      report = reports.report(id);
    }
    return report;
  }

  public String getText() {
    return new String(getReport().body(), StandardCharsets.UTF_8);
  }

  public long getId() {
    return id;
  }

  public void setId(long id) {
    this.id = id;
  }
}
