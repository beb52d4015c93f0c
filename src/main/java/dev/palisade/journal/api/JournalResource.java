package dev.palisade.journal.api;

import dev.palisade.core.DomainException;
import dev.palisade.core.Page;
import dev.palisade.core.Surface;
import dev.palisade.journal.JournalEntry;
import dev.palisade.journal.application.ReadJournal;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.Map;

/** What was done by whom. */
@Surface(Surface.Kind.ADMIN)
@RequestScoped
@Path("/journal")
@Produces(MediaType.APPLICATION_JSON)
public class JournalResource {

  private static final int MOST = 500;

  /** One act. */
  public record EntryView(
      long id,
      Instant at,
      String actorKind,
      String actor,
      String act,
      String objectKind,
      String object,
      Map<String, Object> detail) {

    static EntryView of(JournalEntry e) {
      return new EntryView(
          e.getId(),
          e.getAt(),
          e.getActorKind(),
          e.getActor(),
          e.getAct(),
          e.getObjectKind(),
          e.getObject(),
          e.getDetail());
    }
  }

  @Inject private ReadJournal journal;

  @GET
  public Page<EntryView> list(
      @QueryParam("cursor") Long cursor,
      @QueryParam("object") String object,
      @QueryParam("limit") @DefaultValue("100") int limit) {
    if (limit < 1 || limit > MOST) {
      throw DomainException.notValid("/limit", "A page has 1 to " + MOST + " entries.");
    }
    Page<JournalEntry> page = journal.newest(cursor, object, limit);
    return new Page<>(page.items().stream().map(EntryView::of).toList(), page.total(), page.next());
  }
}
