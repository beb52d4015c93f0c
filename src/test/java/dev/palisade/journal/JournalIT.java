package dev.palisade.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palisade.account.Role;
import dev.palisade.testing.Caller;
import dev.palisade.testing.Caller.Answer;
import dev.palisade.testing.Database;
import dev.palisade.testing.Portal;
import dev.palisade.testing.PortalProcess;
import dev.palisade.testing.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The journal as people and scripts see it, and what becomes of it when somebody changes it. */
@Tag("portal")
class JournalIT {

  private static final int CROWD = 30;

  private final Portal portal = Portal.running();
  private final Caller auditor = portal.as(Role.AUDITOR);

  private JsonNode journal(String query) {
    return auditor.get("/api/v1/journal" + query).expect(200).json();
  }

  private JsonNode verify() {
    return auditor.get("/api/v1/journal/verify").expect(200).json();
  }

  private long newest() {
    return verify().at("/head/number").longValue();
  }

  @Test
  void actsAtTheSameTimeQueueUpInOneChain() throws Exception {
    long before = newest();
    ExecutorService crowd = Executors.newFixedThreadPool(CROWD);
    try {
      List<Future<Answer>> answers = new ArrayList<>();
      for (int i = 0; i < CROWD; i++) {
        Map<String, String> host = Map.of("name", portal.name("crowd"));
        answers.add(
            crowd.submit(() -> portal.as(Role.OPERATOR).post("/api/v1/hosts", host).expect(201)));
      }
      for (Future<Answer> answer : answers) {
        answer.get();
      }
    } finally {
      crowd.shutdown();
    }
    JsonNode acts = journal("?after=" + before + "&limit=500").get("items");
    assertThat(acts).hasSize(CROWD);
    for (int i = 0; i < CROWD; i++) {
      assertThat(acts.get(i).get("number").longValue()).isEqualTo(before + 1 + i);
      if (i > 0) {
        assertThat(acts.get(i).get("previous")).isEqualTo(acts.get(i - 1).get("hash"));
        assertThat(acts.get(i).get("id").longValue())
            .isGreaterThan(acts.get(i - 1).get("id").longValue());
      }
    }
    JsonNode proof = verify();
    assertThat(proof.get("ok").booleanValue()).as(proof.toString()).isTrue();
    assertThat(proof.get("entries").longValue()).isEqualTo(before + CROWD);
    assertThat(proof.has("firstBad")).isFalse();
  }

  @Test
  void eachFilterNarrows() {
    String host = portal.host("sought").name();
    JsonNode found = journal("?object=" + host);
    assertThat(found.get("total").longValue()).isEqualTo(1);
    JsonNode act = found.at("/items/0");
    assertThat(act.get("act").textValue()).isEqualTo("host.registered");
    String same = "?object=" + host;
    String at = act.get("at").textValue();
    assertThat(total(same + "&actor=operator")).isEqualTo(1);
    assertThat(total(same + "&actor=author")).isZero();
    assertThat(total(same + "&act=host.registered")).isEqualTo(1);
    assertThat(total(same + "&act=host")).isEqualTo(1);
    assertThat(total(same + "&act=version")).isZero();
    assertThat(total(same + "&from=" + at)).isEqualTo(1);
    assertThat(total(same + "&to=" + at)).isZero();
    assertThat(total(same + "&from=2020-01-01&to=" + at.substring(0, 10))).isEqualTo(1);
    assertThat(total(same + "&to=2020-01-01")).isZero();
    long number = act.get("number").longValue();
    assertThat(total(same + "&after=" + (number - 1))).isEqualTo(1);
    assertThat(total(same + "&after=" + number)).isZero();
  }

  private long total(String query) {
    return journal(query).get("total").longValue();
  }

  @Test
  void pagesFollowOneAnotherInBothDirections() {
    IntStream.range(0, 3).forEach(i -> portal.host("paged"));
    assertThat(numbers("?after=0&limit=2&cursor=2")).containsExactly(3L, 4L);
    assertThat(journal("?after=0&limit=2").get("next").textValue()).isEqualTo("2");
    assertThat(numbers("?limit=2&cursor=4")).containsExactly(3L, 2L);
    assertThat(journal("?limit=2&cursor=4").get("next").textValue()).isEqualTo("2");
  }

  private List<Long> numbers(String query) {
    List<Long> numbers = new ArrayList<>();
    journal(query).get("items").forEach(act -> numbers.add(act.get("number").longValue()));
    return numbers;
  }

  @ParameterizedTest
  @CsvSource({
    "from=yesterday,/from",
    "to=2026-13-01,/to",
    "from=-999999999-01-01,/from",
    "from=2026-11-24T08:00:00,/from",
    "from=2026-11-24&to=2026-11-23,/to",
    "after=x,/after",
    "after=-1,/after",
    "cursor=1.5,/cursor",
    "limit=501,/limit",
    "actor=%00,/actor",
    "object=a%0Ab,/object"
  })
  void aBadParameterIsNamed(String query, String pointer) {
    Answer answer = auditor.get("/api/v1/journal?" + query).expect(422);
    assertThat(answer.code()).isEqualTo("not-valid");
    assertThat(answer.json().at("/errors/0/pointer").textValue()).isEqualTo(pointer);
  }

  @Test
  void anActThatCannotBeJournalledDoesNotHappen() throws SQLException {
    Database database = Database.asApplication(portal);
    String host = portal.name("unheard");
    long before = newest();
    database.tamper("revoke insert on journal_entry from palisade_app");
    try {
      Answer answer = portal.as(Role.OPERATOR).post("/api/v1/hosts", Map.of("name", host));
      assertThat(answer.status()).as(answer.toString()).isGreaterThanOrEqualTo(500);
      assertThat(answer.text()).doesNotContain("journal_entry");
    } finally {
      database.tamper("grant insert on journal_entry to palisade_app");
    }
    portal.as(Role.OPERATOR).get("/api/v1/hosts/" + host).expect(404);
    assertThat(newest()).isEqualTo(before);
    portal.as(Role.OPERATOR).post("/api/v1/hosts", Map.of("name", host)).expect(201);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "actor = concat(actor, 'x') | actor = content::jsonb ->> 'actor' | its columns do not say what was"
            + " hashed: actor",
        "at = at + interval '1 us' | at = at - interval '1 us' | its columns do not say what was"
            + " hashed: at",
        "detail = jsonb_set(detail, '{more}', '1') | detail = detail - 'more' | its columns do not say what"
            + " was hashed: detail",
        "number = -1 | number = 5 | entry 6 stands in its place"
      })
  void aChangedRowIsTheFirstBadOne(String change, String undo, String problem) throws SQLException {
    Database database = Database.asApplication(portal);
    long id = journal("?after=4&limit=1").at("/items/0/id").longValue();
    database.tamper("update journal_entry set " + change + " where id = " + id);
    JsonNode proof;
    try {
      proof = verify();
    } finally {
      database.tamper("update journal_entry set " + undo + " where id = " + id);
    }
    assertThat(proof.get("ok").booleanValue()).isFalse();
    assertThat(proof.at("/firstBad/number").longValue()).isEqualTo(5);
    assertThat(proof.at("/firstBad/problem").textValue()).isEqualTo(problem);
    assertThat(verify().get("ok").booleanValue()).isTrue();
  }

  @Test
  void anExportVerifiesOffline(@TempDir Path folder) throws IOException {
    Answer answer = auditor.get("/api/v1/journal/export").expect(200);
    assertThat(answer.header("Content-Type")).startsWith("application/x-ndjson");
    assertThat(answer.header("Content-Disposition")).contains("attachment");
    Path file = Files.write(folder.resolve("journal.ndjson"), answer.body());
    List<String> lines = answer.text().lines().toList();
    int entries = lines.size() - 1;
    assertThat(lines.get(entries)).startsWith("{\"checkpoint\":{");

    Tools.Output proven = command(file.toString());
    assertThat(proven.out())
        .matches(entries + " entries verify, up to [0-9a-f]{64}, signed by [0-9a-f]{16}\n");
    assertThat(proven.exit()).isZero();
    Path key = portal.data().resolve("journal-signing-key.pub");
    assertThat(command(file.toString(), "--key", key.toString())).isEqualTo(proven);

    byte[] bytes = answer.body();
    int at = answer.text().indexOf("\n", answer.text().indexOf("\n") + 1) + 40;
    bytes[at] ^= 1;
    Files.write(file, bytes);
    Tools.Output broken = command(file.toString());
    assertThat(broken.out()).startsWith("Entry 3: ").hasLineCount(1);
    assertThat(broken.exit()).isEqualTo(1);

    Tools.Output unreadable = command(folder.resolve("no-such-file").toString());
    assertThat(unreadable.exit()).isEqualTo(2);
    assertThat(unreadable.err()).hasLineCount(1);
    assertThat(unreadable.out()).isEmpty();
  }

  @Test
  void oneEntryHasOneCheckpoint() {
    List<String> first = export();
    List<String> second = export();
    assertThat(second.get(second.size() - 1)).isEqualTo(first.get(first.size() - 1));
    assertThat(verify().get("ok").booleanValue()).isTrue();
  }

  private List<String> export() {
    return auditor.get("/api/v1/journal/export").expect(200).text().lines().toList();
  }

  @Test
  void theSigningKeyIsItsOwnersAlone() throws IOException {
    Path key = portal.data().resolve("journal-signing-key");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
        .isEqualTo("rw-------");
  }

  @Test
  void whoMayNotReadOrExportIsRefused() {
    portal.as(Role.VIEWER).get("/api/v1/journal").expect(403);
    portal.as(Role.VIEWER).get("/api/v1/journal/verify").expect(403);
    portal.as(Role.VIEWER).get("/api/v1/journal/export").expect(403);
    portal.as(Role.OPERATOR).get("/api/v1/journal").expect(200);
    portal.as(Role.OPERATOR).get("/api/v1/journal/export").expect(403);
    portal.as(Role.ADMINISTRATOR).get("/api/v1/journal/export").expect(403);
  }

  private static Tools.Output command(String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                PortalProcess.distribution().resolve("palisade.jar").toString(),
                "verify-journal"));
    command.addAll(List.of(arguments));
    return Tools.run(Map.of(), "", command.toArray(String[]::new));
  }
}
