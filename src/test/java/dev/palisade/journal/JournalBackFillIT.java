package dev.palisade.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palisade.chain.ChainEntry;
import dev.palisade.chain.ChainWalk;
import dev.palisade.launcher.EmbeddedAccess;
import dev.palisade.testing.Portal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Acts from before the chain are chained by the migration; tried in a schema that is dropped. */
@Tag("database")
class JournalBackFillIT {

  private static final String MIGRATION = "db/migrations/";

  @Test
  void actsFromBeforeLinkUp() throws Exception {
    try (Connection owner = EmbeddedAccess.of(Portal.running().data()).owner();
        Statement statement = owner.createStatement()) {
      owner.setAutoCommit(false);
      statement.execute("create schema before; set local search_path = before");
      statement.execute(migration("V002__journal.sql"));
      statement.execute(
          "insert into journal_entry (at, actor_kind, actor, act, object_kind, object, detail) values"
              + " ('2026-01-02T03:04:05.6Z', 'person', 'approver', 'version.approved', 'version',"
              + " E'“quoted” \"text\" \\\\ \\n\\u0001\\u007f %s', '{\"a\": [1.0, {\"b\": null}], \"c\": 1e3}'),"
              + " ('2025-01-02T03:04:05.000001Z', 'system', 'portal', 'x', 'y', '', '{}')");
      statement.execute(migration("V011__journal_chain.sql"));
      ChainWalk walk = new ChainWalk();
      try (ResultSet rows =
          statement.executeQuery("select content, hash from journal_entry order by id")) {
        rows.next();
        ChainEntry first = walk.next(rows.getString(1), rows.getString(2));
        assertThat(first.at()).isEqualTo(Instant.parse("2026-01-02T03:04:05.6Z"));
        assertThat(first.object()).isEqualTo("“quoted” \"text\" \\ \n\u0001\u007f %s");
        assertThat(first.detail()).containsOnlyKeys("a", "c");
        rows.next();
        ChainEntry second = walk.next(rows.getString(1), rows.getString(2));
        assertThat(second.at()).isEqualTo(Instant.parse("2025-01-02T03:04:05.000001Z"));
        assertThat(second.detail()).isEqualTo(Map.of());
        assertThat(List.of(second.actorKind(), second.actor(), second.act(), second.objectKind()))
            .containsExactly("system", "portal", "x", "y");
      } finally {
        owner.rollback();
      }
    }
  }

  private static String migration(String name) throws Exception {
    return Files.readString(Path.of(MIGRATION + name)).replace("${app_role}", "palisade_app");
  }
}
