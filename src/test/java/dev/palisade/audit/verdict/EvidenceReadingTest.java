package dev.palisade.audit.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palisade.catalog.CatalogFiles;
import dev.palisade.core.DomainException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvidenceReadingTest {

  private static ReceivedEvidence dump(String text) {
    return SysctlDump.read(text.getBytes(StandardCharsets.UTF_8));
  }

  private static ReceivedEvidence json(String text) {
    return JsonEvidence.read(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void readsARealDumpWhole() throws IOException {
    byte[] body =
        getClass().getResourceAsStream("/dev/palisade/demo/sysctl-a-linux-6.18.txt").readAllBytes();
    Evidence evidence = SysctlDump.read(body).evidence();
    assertThat(evidence.sysctl()).containsEntry("net.ipv4.tcp_congestion_control", "bbr");
    assertThat(evidence.sysctl().size() + evidence.droppedSecrets()).isEqualTo(1302);
  }

  @Test
  void readsComplaintsLineEndsAndAByteOrderMark() {
    Evidence evidence =
        dump("\uFEFFnet.a = 1\r\nnet.b = 1\t2\r\nsysctl: permission denied on key 'net.c'\r\n"
                + "sysctl: reading key \"kernel.d\"\n")
            .evidence();
    assertThat(evidence.sysctl()).containsEntry("net.a", "1").containsEntry("net.b", "1\t2");
    assertThat(evidence.unreadable()).containsExactlyInAnyOrder("net.c", "kernel.d");
  }

  @Test
  void dropsSecretsOnArrival() {
    ReceivedEvidence text =
        dump(
            "net.ipv4.tcp_fastopen_key = 0000-1111\nnet.ipv6.conf.eth0.stable_secret = ab\nnet.a = 1\n");
    assertThat(text.evidence().droppedSecrets()).isEqualTo(2);
    assertThat(new String(text.kept(), StandardCharsets.UTF_8)).isEqualTo("net.a = 1\n");
    ReceivedEvidence json =
        json(
            "{\"schema\":\"palisade.evidence/1\",\"sysctl\":{\"net.core.netdev_rss_key\":\"5e\",\"net.a\":1}}");
    assertThat(json.evidence().sysctl()).containsOnlyKeys("net.a");
    assertThat(new String(json.kept(), StandardCharsets.UTF_8)).doesNotContain("5e");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | no “key = value” line",
        "'<html>' | Line 1 is not",
        "'net.a = 1\n\u0000\u0001' | control characters",
        "'net.a = 1\nhello world' | Line 2 is not",
      })
  void refusesWhatIsNoDump(String text, String message) {
    assertThatThrownBy(() -> dump(text))
        .isInstanceOf(DomainException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{ | not JSON at line 1",
        "[] | a JSON object",
        "{\"schema\":\"x\",\"sysctl\":{\"a\":1}} | The schema of evidence",
        "{\"schema\":\"palisade.evidence/1\"} | Running values are",
        "{\"schema\":\"palisade.evidence/1\",\"sysctl\":{}} | at least one",
        "{\"schema\":\"palisade.evidence/1\",\"sysctl\":{\"a\":[1]}} | a whole number",
        "{\"schema\":\"palisade.evidence/1\",\"sysctl\":{\"a\":1,\"a\":2}} | Duplicate",
        "{\"schema\":\"palisade.evidence/1\",\"sysctl\":{\"a\":1},\"unreadable\":[1]} | list of keys",
        "{\"schema\":\"palisade.evidence/1\",\"sysctl\":{\"a\":1},\"id\":7} | one line of text",
        "{\"schema\":\"palisade.evidence/1\",\"sysctl\":{\"a\":1},\"collectedAt\":\"now\"} | 2026-01-31",
        "{\"schema\":\"palisade.evidence/1\",\"sysctl\":{\"a\":1}} {} | not JSON",
      })
  void refusesWhatIsNoEvidence(String text, String message) {
    assertThatThrownBy(() -> json(text))
        .isInstanceOf(DomainException.class)
        .hasMessageContaining(message);
  }

  @Test
  void refusesBottomlessNesting() {
    assertThatThrownBy(() -> json("{\"x\":".repeat(100_000)))
        .isInstanceOf(DomainException.class)
        .hasMessageContaining("not JSON");
  }

  @Test
  void keepsMembersItDoesNotKnow() {
    String text =
        "{\"schema\":\"palisade.evidence/1\",\"sysctl\":{\"a\":1},\"colour\":{\"a\":[1]}}";
    assertThat(new String(json(text).kept(), StandardCharsets.UTF_8)).isEqualTo(text);
  }

  @Test
  void callsAnIdleHostUnchanged() {
    String same = "net.ipv4.tcp_sack = 1\nnet.ipv4.conf.eth0.rp_filter = 2\n";
    assertThat(digest(same + "fs.file-nr = 1 2 3\n"))
        .isEqualTo(digest(same + "fs.file-nr = 9 9 9\n"));
    assertThat(digest(same)).isNotEqualTo(digest(same.replace("= 1", "= 0")));
    assertThat(digest(same)).isNotEqualTo(digest(same.replace("= 2", "= 1")));
    assertThat(digest(same))
        .isNotEqualTo(digest(same + "sysctl: permission denied on key 'net.ipv4.tcp_dsack'\n"));
  }

  private static Object digest(String text) {
    return dump(text).evidence().contentDigest(CatalogFiles.shipped());
  }

  @Property(tries = 500)
  void refusesOrReadsAnyBytesButNeverFails(@ForAll byte[] bytes) {
    for (java.util.function.Function<byte[], ReceivedEvidence> reader :
        java.util.List.<java.util.function.Function<byte[], ReceivedEvidence>>of(
            SysctlDump::read, JsonEvidence::read)) {
      try {
        assertThat(reader.apply(bytes).evidence()).isNotNull();
      } catch (DomainException e) {
        assertThat(e.detail()).isNotBlank();
      }
    }
  }
}
