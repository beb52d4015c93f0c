package dev.palisade.audit.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palisade.catalog.CatalogFiles;
import dev.palisade.core.DomainException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
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
    assertThat(evidence.unreadable()).containsExactly("kernel.core_modes");
    assertThat(evidence.sysctl().size() + evidence.droppedSecrets()).isEqualTo(1301);
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
  void aKeyWithTwoValuesHasNone() {
    Evidence evidence = dump("net.a = 0\nnet.b = 2\nnet.a = 1\nnet.b = 2 \nnet.a = 0\n").evidence();
    assertThat(evidence.sysctl()).containsOnlyKeys("net.b");
    assertThat(evidence.unreadable()).containsExactly("net.a");
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

  @Test
  void aDumpWithOneKeyOfSeveralLinesIsOne() throws IOException {
    String lines = "dev.cdrom.info = drive name:\ndev.cdrom.info = speed:\n".repeat(20);
    assertThat(dump(lines + "net.a = 1\nnet.b = 2\n").evidence().sysctl())
        .containsOnlyKeys("net.a", "net.b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | The body is empty",
        "' \n\n' | The body is empty",
        "'sysctl: permission denied on key \"kernel.cad_pid\"' | no “key = value” line",
        "'hello\nworld' | Line 1 is not “key = value”",
        "'table inet filter {\n}' | nft list ruleset",
        "'flush ruleset\ntable ip nat {' | nft list ruleset",
        "'*filter\n:INPUT DROP [0:0]' | iptables-save",
        "'{\"schema\":\"palisade.evidence/1\"}' | application/json",
        "'a.b = 1\na.c = 2\na.d = 3\na.b = 1\na.c = 5\na.d = 3' | two dumps: 3 of 3 keys",
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
        "'' | The body is empty",
        "{\"schema\":\"palisade.evidence/1\"} | The member sysctl is missing",
        "{\"schema\":\"palisade.evidence/1\",\"sysctl\":[1]} | Running values are",
        "{\"nftables\":[]} | firewall.ruleset",
        "{\"schema\":\"palisade.evidence/1\",\"sysctl\":{\"a\":1},\"firewall\":{\"ruleset\":\"table ip x {}\"}}"
            + " | nft list ruleset",
        "{\"schema\":\"palisade.evidence/1\",\"sysctl\":{}} | at least one",
        "{\"schema\":\"palisade.evidence/1\",\"sysctl\":{\"a\":[1]}} | a whole number",
        "{\"schema\":\"palisade.evidence/1\",\"sysctl\":{\"a\":1,\"a\":2}} | Duplicate",
        "{\"schema\":\"palisade.evidence/1\",\"sysctl\":{\"a\":1},\"unreadable\":[1]} | list of keys",
        "{\"schema\":\"palisade.evidence/1\",\"sysctl\":{\"a\":1},\"id\":7} | one line of text",
        "{\"schema\":\"palisade.evidence/1\",\"sysctl\":{\"a\":1},\"collectedAt\":\"now\"} | 2026-01-31",
        "{\"schema\":\"palisade.evidence/1\",\"sysctl\":{\"a\":1}} {} | more than one JSON document",
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

  private static Surroundings around(String more) {
    return json("{\"schema\":\"palisade.evidence/1\",\"sysctl\":{\"a\":1}" + more + "}")
        .evidence()
        .around();
  }

  @Test
  void readsWhatIsAroundTheRunningValues() {
    Surroundings around =
        around(
            ",\"listeners\":[{\"proto\":\"tcp\",\"address\":\"[::]\",\"port\":22,\"process\":\"sshd\"},"
                + "{\"proto\":\"udp\",\"address\":\"127.0.0.53%lo\",\"port\":53,\"process\":\"\",\"pid\":7}],"
                + "\"firewall\":{\"backend\":\"nftables\",\"openTcp\":[443,22],\"zones\":{}},"
                + "\"sshd\":{\"Port\":22,\"AcceptEnv\":[\"LANG\",\"LC_*\"]},"
                + "\"modules\":[\"usb-storage\"],\"cmdline\":\"quiet\",\"systemCurrent\":\"/a\"");
    assertThat(around.listeners()).extracting(Listener::isSsh).containsExactly(true, false);
    assertThat(around.listeners()).extracting(Listener::isLocal).containsExactly(false, true);
    FirewallState firewall = Objects.requireNonNull(around.firewall());
    assertThat(firewall.openTcp()).containsExactly(22, 443);
    assertThat(firewall.openUdp()).as("not said").isNull();
    assertThat(around.sshd()).containsEntry("port", "22").containsEntry("acceptenv", "LANG LC_*");
    assertThat(around.modules()).containsExactly("usb_storage");
    assertThat(around.systemBooted()).as("not said").isNull();
    assertThat(around("")).isEqualTo(Surroundings.NONE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "'listeners':7 | /listeners",
        "'listeners':['sshd'] | /listeners/0",
        "'listeners':[{'proto':'tcp','address':'*','port':70000}] | /listeners/0/port",
        "'listeners':[{'proto':'tcp','address':'*','port':'22'}] | /listeners/0/port",
        "'listeners':[{'proto':'tcp','address':'a b','port':22}] | /listeners/0/address",
        "'listeners':[{'proto':7,'address':'*','port':22}] | /listeners/0/proto",
        "'listeners':[{'proto':'tcp','address':'*','port':22,'process':{}}] | /listeners/0/process",
        "'firewall':'on' | /firewall",
        "'firewall':{'backend':1} | /firewall/backend",
        "'firewall':{'openTcp':22} | /firewall/openTcp",
        "'firewall':{'openUdp':[1.5]} | /firewall/openUdp/0",
        "'sshd':[] | /sshd",
        "'sshd':{'port':{}} | /sshd/port",
        "'modules':{} | /modules",
        "'modules':[1] | /modules/0",
        "'cmdline':[] | /cmdline",
        "'systemBooted':1 | /systemBooted",
        "'listeners':[{'proto':'tcp','address':'*','port':0}] | /listeners/0/port",
        "'listeners':[{'proto':'tcp','address':'*','port':65536}] | /listeners/0/port",
        "'firewall':{'openTcp':[22,0]} | /firewall/openTcp/1",
        "'firewall':{'openTcp':[65536]} | /firewall/openTcp/0",
        "'firewall':{'ruleset':[]} | /firewall/ruleset",
        "'firewall':{'ruleset6':7} | /firewall/ruleset6",
        "'firewall':{'ruleset':{},'saved':7} | /firewall/saved",
        "'notRead':'nft' | /notRead",
        "'notRead':[7] | /notRead/0",
        "'declared':[] | /declared",
        "'effective':'all' | /effective",
        "'profile':[] | /profile",
        "'profile':{'enabled':'yes'} | /profile/enabled",
        "'profile':{'release':7} | /profile/release",
        "'profile':{'exceptions':[]} | /profile/exceptions",
        "'profile':{'exceptions':{'a/b':{'reason':1}}} | /profile/exceptions/a~1b",
        "'profile':{'absent':{}} | /profile/absent",
        "'cmdline':'a\\u0000b' | /cmdline",
        "'colour':{'red':['a\\u0000b']} | /colour/red/0",
        "'colour':{'r\\u0000d':1} | /colour",
      })
  void refusesAKnownMemberOfAnotherType(String member, String pointer) {
    assertThatThrownBy(() -> around("," + member.replace('\'', '"')))
        .isInstanceOfSatisfying(
            DomainException.class, e -> assertThat(e.faults().get(0).pointer()).isEqualTo(pointer));
  }

  @Test
  void readsWhatTheModuleLeftBehind() {
    HostProfile profile =
        Objects.requireNonNull(
            around(
                    ",\"effective\":{\"a\":1,\"b\":null,\"net.ipv4.tcp_fastopen_key\":\"x\"},"
                        + "\"profile\":{\"release\":\"abc\",\"enabled\":false,\"absent\":[\"c\"],"
                        + "\"exceptions\":{\"a\":{\"reason\":\" Because \"}},\"mandatory\":[]}")
                .profile());
    assertThat(profile.release()).isEqualTo("abc");
    assertThat(profile.enabled()).isFalse();
    assertThat(profile.effective()).containsOnlyKeys("a", "b");
    assertThat(profile.exceptions()).containsEntry("a", "Because");
    assertThat(profile.absent()).containsExactly("c");
    assertThat(around(",\"profile\":null").profile()).isNull();
  }

  /** Of two names for the release, the module's own counts. */
  @Test
  void theModuleNamesTheRelease() {
    String evidence =
        "{\"schema\":\"palisade.evidence/1\",\"sysctl\":{\"a\":1},\"release\":\"old\",\"profile\":%s}";
    assertThat(json(evidence.formatted("{\"release\":{\"digest\":\"new\"}}")).evidence().release())
        .isEqualTo("new");
    assertThat(json(evidence.formatted("{\"release\":null}")).evidence().release())
        .isEqualTo("old");
  }

  @Test
  void rulesDecideOverWhatTheSenderMadeOfThem() {
    FirewallState firewall =
        Objects.requireNonNull(
            around(
                    ",\"firewall\":{\"backend\":\"iptables\",\"openTcp\":[1],\"ruleset\":"
                        + "\"*filter\\n:INPUT DROP [0:0]\\n-A INPUT -p tcp --dport 22 -j ACCEPT\\n\"}")
                .firewall());
    assertThat(firewall.openTcp()).containsExactly(22);
    assertThat(firewall.isOff()).isFalse();
    FirewallState off =
        Objects.requireNonNull(
            around(",\"firewall\":{\"backend\":\"iptables\",\"ruleset\":\"\"}").firewall());
    assertThat(off.isOff()).as("no rule refuses anything").isTrue();
  }

  @Test
  void readsAgainWhatAnOlderPortalAccepted() {
    byte[] kept =
        "{\"schema\":\"palisade.evidence/1\",\"sysctl\":{\"a\":1},\"listeners\":\"none\"}"
            .getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> JsonEvidence.read(kept)).isInstanceOf(DomainException.class);
    assertThat(JsonEvidence.again(kept).sysctl()).containsEntry("a", "1");
    assertThat(JsonEvidence.again(kept).around()).isEqualTo(Surroundings.NONE);
  }

  @Test
  void boundsWhatIsAround() {
    assertThatThrownBy(() -> around(",\"modules\":[\"a\"" + ",\"a\"".repeat(10_000) + "]"))
        .hasMessageContaining("At most 10000");
    assertThatThrownBy(() -> around(",\"cmdline\":\"" + "a".repeat(20_000) + "\""))
        .hasMessageContaining("at most 16384 characters");
  }

  @Test
  void callsAHostChangedWhenItsFirewallOrListenersDo() {
    String listeners = ",\"listeners\":[{\"proto\":\"tcp\",\"address\":\"*\",\"port\":%d}]";
    assertThat(around(listeners.formatted(22)).fingerprint())
        .isNotEqualTo(around(listeners.formatted(23)).fingerprint());
    String rules =
        ",\"firewall\":{\"backend\":\"nftables\",\"ruleset\":{\"nftables\":[{\"rule\":{\"handle\":%d,"
            + "\"port\":%d,\"expr\":[{\"counter\":{\"packets\":%d}}]}}]}}";
    assertThat(around(rules.formatted(1, 22, 5)).fingerprint())
        .isEqualTo(around(rules.formatted(2, 22, 9)).fingerprint())
        .isNotEqualTo(around(rules.formatted(1, 80, 5)).fingerprint());
    String saved = ",\"firewall\":{\"ruleset\":\"# at %d\\n:INPUT DROP [%d:1]\\n-A INPUT -p %s\"}";
    assertThat(around(saved.formatted(1, 1, "tcp")).fingerprint())
        .isEqualTo(around(saved.formatted(2, 7, "tcp")).fingerprint())
        .isNotEqualTo(around(saved.formatted(1, 1, "udp")).fingerprint());
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

  /** Evidence that names itself as before is not judged again, so whatever decides is named. */
  @ParameterizedTest(name = "{0} or {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "'profile':{'absent':['a']}          | 'profile':{'absent':['b']}",
        "'profile':{'enabled':true}          | 'profile':{'enabled':false}",
        "'effective':{'a':1}                 | 'effective':{'a':2}",
        "'notRead':['nft: not there']        | 'notRead':['nft: forbidden']",
        "'systemBooted':'/nix/a'             | 'systemBooted':'/nix/b'",
        "'systemCurrent':'/nix/a'            | 'systemCurrent':'/nix/b'",
        "'firewall':{'openTcp':[80]}         | 'firewall':{'openTcp':[81]}",
        "'sshd':{'usedns':'no'}              | 'sshd':{'usedns':'yes'}",
        "'modules':['a']                     | 'modules':['b']",
        "'cmdline':'a'                       | 'cmdline':'b'",
      })
  void whatDecidesAVerdictTellsEvidenceApart(String one, String other) {
    assertThat(digestOf(one)).isEqualTo(digestOf(one)).isNotEqualTo(digestOf(other));
  }

  private static Object digestOf(String member) {
    String text = "{'schema':'palisade.evidence/1','sysctl':{'a':1}," + member + "}";
    return json(text.replace('\'', '"')).evidence().contentDigest(CatalogFiles.shipped());
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
