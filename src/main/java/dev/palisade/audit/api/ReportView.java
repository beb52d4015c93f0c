package dev.palisade.audit.api;

import dev.palisade.audit.Report;
import java.time.Instant;

/** A report; {@code evidence} only where one report was asked for. */
public record ReportView(
    long id,
    String host,
    String format,
    Instant receivedAt,
    Instant collectedAt,
    String contentDigest,
    String release,
    String kernel,
    int valuesRead,
    int unreadable,
    int droppedSecrets,
    String signedBy,
    String evidence) {

  static ReportView of(Report r, String evidence) {
    return new ReportView(
        r.getId(),
        r.getHost().getName(),
        r.getFormat().code(),
        r.getReceivedAt(),
        r.getCollectedAt(),
        r.getContentDigest().hex(),
        r.getReleaseDigest(),
        r.getKernel(),
        r.getValuesRead(),
        r.getUnreadable(),
        r.getDroppedSecrets(),
        r.getSignedBy(),
        evidence);
  }
}
