package dev.palisade.journal.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.palisade.chain.BrokenChain;
import dev.palisade.chain.ChainEntry;
import dev.palisade.chain.ChainHead;
import dev.palisade.chain.SignedCheckpoint;
import dev.palisade.core.DomainException;
import dev.palisade.core.Page;
import dev.palisade.core.Surface;
import dev.palisade.journal.JournalEntry;
import dev.palisade.journal.JournalFilter;
import dev.palisade.journal.Verification;
import dev.palisade.journal.application.ExportJournal;
import dev.palisade.journal.application.ReadJournal;
import dev.palisade.journal.application.VerifyJournal;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What was done by whom. */
@Surface(Surface.Kind.ADMIN)
@RequestScoped
@Path("/journal")
@Produces(MediaType.APPLICATION_JSON)
public class JournalResource {

  private static final int MOST = 500;
  private static final String NDJSON = "application/x-ndjson";

  /** One act. */
  public record EntryView(
      long id,
      long number,
      Instant at,
      String actorKind,
      String actor,
      String act,
      String objectKind,
      String object,
      Map<String, Object> detail,
      String hash,
      String previous) {

    static EntryView of(JournalEntry e) {
      return new EntryView(
          e.getId(),
          e.getNumber(),
          e.getAt(),
          e.getActorKind(),
          e.getActor(),
          e.getAct(),
          e.getObjectKind(),
          e.getObject(),
          e.getDetail(),
          e.getHash(),
          previous(e));
    }

    private static String previous(JournalEntry e) {
      try {
        return ChainEntry.read(e.getContent()).previous();
      } catch (IllegalArgumentException tampered) {
        return null;
      }
    }
  }

  /** The first entry that is not as it was written. */
  public record FirstBad(long number, String problem) {
    static FirstBad of(BrokenChain broken) {
      return new FirstBad(broken.number(), broken.problem());
    }
  }

  /** What came of going through the chain. */
  public record VerificationView(
      long entries,
      ChainHead head,
      boolean ok,
      @JsonInclude(JsonInclude.Include.NON_NULL) FirstBad firstBad) {

    static VerificationView of(Verification v) {
      return new VerificationView(
          v.head().number(), v.head(), v.ok(), v.firstBad().map(FirstBad::of).orElse(null));
    }
  }

  @Inject private ReadJournal journal;
  @Inject private VerifyJournal verify;
  @Inject private ExportJournal export;

  @GET
  public Page<EntryView> list(
      @QueryParam("actor") String actor,
      @QueryParam("object") String object,
      @QueryParam("act") String act,
      @QueryParam("from") String from,
      @QueryParam("to") String to,
      @QueryParam("after") Long after,
      @QueryParam("cursor") Long cursor,
      @QueryParam("limit") @DefaultValue("100") int limit) {
    if (limit < 1 || limit > MOST) {
      throw DomainException.notValid("/limit", "A page has 1 to " + MOST + " entries.");
    }
    if (after != null && after < 0) {
      throw DomainException.notValid("/after", "Entries are numbered from 1; 0 means all.");
    }
    Supplier<JournalFilter> filter = () -> JournalFilter.read(actor, object, act, from, to);
    Page<JournalEntry> page =
        after == null
            ? journal.newest(filter, cursor, limit)
            : journal.following(filter, after, cursor, limit);
    return new Page<>(page.items().stream().map(EntryView::of).toList(), page.total(), page.next());
  }

  @GET
  @Path("/verify")
  public VerificationView verify() {
    return VerificationView.of(verify.verify());
  }

  @GET
  @Path("/export")
  @Produces(NDJSON)
  public Response export() {
    SignedCheckpoint signed = export.checkpoint();
    StreamingOutput lines = out -> write(signed, out);
    return Response.ok(lines, NDJSON)
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            "attachment; filename=\"palisade-journal-" + signed.checkpoint().number() + ".ndjson\"")
        .build();
  }

  private void write(SignedCheckpoint signed, OutputStream out) throws IOException {
    long upTo = signed.checkpoint().number();
    long written = 0;
    List<String> lines = export.lines(written, upTo);
    while (!lines.isEmpty()) {
      for (String line : lines) {
        out.write(line.getBytes(StandardCharsets.UTF_8));
      }
      written += lines.size();
      lines = export.lines(written, upTo);
    }
    out.write(export.lastLine(signed).getBytes(StandardCharsets.UTF_8));
  }
}
