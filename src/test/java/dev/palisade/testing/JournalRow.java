package dev.palisade.testing;

import java.util.Map;

/** Rows of the journal as somebody without the portal might write them. */
public final class JournalRow {

  private JournalRow() {}

  /** One more entry that is in order but for the replaced values. */
  public static String appended(Map<String, String> replaced) {
    String content =
        "jsonb_build_object('number', %1$s, 'at', '2026-11-24T12:00:00Z', 'actorKind', 'person',"
                .formatted(replaced.getOrDefault("number", "n + 1"))
            + " 'actor', 'ada', 'act', 'host.registered', 'objectKind', 'host', 'object', 'web',"
            + " 'detail', '{}'::jsonb, 'previous', "
            + replaced.getOrDefault("'previous'", "h")
            + ")::text";
    return "insert into journal_entry (number, at, actor_kind, actor, act, object_kind, object, detail,"
        + " content, hash) select "
        + replaced.getOrDefault("number", "n + 1")
        + ", "
        + replaced.getOrDefault("at", "timestamptz '2026-11-24 12:00:00Z'")
        + ", 'person', "
        + replaced.getOrDefault("actor", "'ada'")
        + ", 'host.registered', 'host', 'web', "
        + replaced.getOrDefault("detail", "'{}'::jsonb")
        + ", c, "
        + replaced.getOrDefault("hash", "encode(sha256(convert_to(c, 'UTF8')), 'hex')")
        + " from (select n, h, "
        + content
        + " as c from (select number as n, hash as h from journal_entry order by number desc limit 1)"
        + " newest) next";
  }
}
