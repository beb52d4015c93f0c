package dev.palisade.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.palisade.account.Role;
import dev.palisade.testing.Caller.Answer;
import dev.palisade.testing.Portal;
import dev.palisade.testing.Portal.RegisteredHost;
import dev.palisade.testing.Tools;
import dev.palisade.testing.Tools.Output;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The agent's scripts on this machine, against the running portal. */
@Tag("kernel")
class AgentIT {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Keys that every network namespace has for itself, away from the kernel's defaults. */
  private static final Map<String, Integer> APPROVED =
      new TreeMap<>(
          Map.of(
              "net.ipv4.conf.all.log_martians", 1,
              "net.ipv4.conf.all.send_redirects", 0,
              "net.ipv4.conf.default.send_redirects", 0,
              "net.ipv4.icmp_echo_ignore_all", 1,
              "net.ipv4.tcp_rfc1337", 1,
              "net.ipv4.tcp_syncookies", 2));

  private final Portal portal = Portal.running();

  @TempDir private Path folder;
  private AgentScripts scripts;

  @BeforeEach
  void copyScripts() throws IOException {
    scripts = new AgentScripts(folder);
  }

  @Test
  void whatWasApprovedIsCompliantOnceAppliedAndDriftsWithOneChange() throws IOException {
    Tools.require(AgentScripts.isRoot(), "A network namespace to write in needs root");
    RegisteredHost host = offered("agent", APPROVED);
    portal.fetch(host);
    collectWithin("");
    send(host);
    assertThat(verdicts(host).get("net.ipv4.tcp_rfc1337")).isEqualTo("drifted");
    String apply =
        APPROVED.entrySet().stream()
            .map(e -> "sysctl -qw " + e.getKey() + "=" + e.getValue() + "\n")
            .collect(Collectors.joining());
    String everyInterface =
        "for nic in /proc/sys/net/ipv4/conf/*; do echo 0 > $nic/send_redirects; done\n";
    collectWithin(apply + everyInterface);
    send(host);
    assertThat(verdicts(host).values()).hasSize(APPROVED.size()).containsOnly("compliant");
    collectWithin(apply + everyInterface + "sysctl -qw net.ipv4.tcp_syncookies=0\n");
    send(host);
    Map<String, String> after = verdicts(host);
    assertThat(after.remove("net.ipv4.tcp_syncookies")).isEqualTo("drifted");
    assertThat(after.values()).hasSize(APPROVED.size() - 1).containsOnly("compliant");
  }

  /** The rules of NixOS in a namespace, by both programs, collected, sent and judged. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "nft -f %s/nixos.nft",
        "(. %s/nixos-iptables.sh)",
        "(. %s/nixos-iptables.sh); (echo '*filter'; seq 3000 | sed 's/.*/-A FORWARD -s 10.1.2.3 -m"
            + " comment --comment rule-&/'; echo COMMIT) | iptables-restore -n"
      })
  void aRealFirewallIsJudgedPortByPort(String load) throws IOException {
    Tools.require(AgentScripts.isRoot(), "A network namespace with rules of its own needs root");
    String key = "networking.firewall.allowedTCPPorts";
    RegisteredHost host =
        offered(
            "agent-rules",
            Map.of(
                "networking.firewall.enable",
                true,
                "networking.firewall.allowPing",
                false,
                "networking.firewall.checkReversePath",
                true,
                "networking.firewall.trustedInterfaces",
                List.of("docker0"),
                "networking.firewall.interfaces.wg0.allowedTCPPorts",
                List.of(9100),
                key,
                List.of(22, 53, 80, 443)));
    Path rules = Path.of("src/test/resources/dev/palisade/audit/firewall").toAbsolutePath();
    portal.fetch(host);
    collectWithin(load.formatted(rules) + "\n");
    send(host);
    Map<String, String> verdicts = verdicts(host);
    assertThat(verdicts.remove(key)).as("8000-8010 are open as well").isEqualTo("overridden");
    assertThat(verdicts.remove("networking.firewall.allowPing")).isEqualTo("drifted");
    assertThat(verdicts.values()).hasSize(4).containsOnly("compliant");
  }

  @Test
  void anOrdinaryUserReportsWhatItMayRead() throws IOException {
    RegisteredHost host =
        offered("agent-user", Map.of("vm.mmap_rnd_bits", 32, "net.ipv4.tcp_syncookies", 1));
    Path own = Files.createDirectory(folder.resolve("own"));
    if (AgentScripts.isRoot()) {
      Tools.run(Map.of(), "", "chown", "65534:65534", own.toString());
    }
    Output collected = scripts.runAsNobody(Map.of(), "collect.sh", own + "/evidence.json");
    assertThat(collected.exit()).as(collected.err()).isZero();
    scripts.file("token", host.token());
    Output sent = scripts.runAsNobody(sending(own, portal.address().toString()), "send.sh");
    assertThat(sent.exit()).as(sent.err()).isZero();
    assertThat(verdicts(host).get("vm.mmap_rnd_bits")).isEqualTo("unreadable");
  }

  @Test
  void aPinnedHostIsHeardOnlyWhereItsKeySigned() throws IOException {
    RegisteredHost host = offered("agent-key", Map.of("net.ipv4.tcp_syncookies", 1));
    key("key");
    key("other");
    pin(host, "key");
    String path = "/agent/v1/reports";
    collect("key");
    byte[] evidence = Files.readAllBytes(folder.resolve("evidence.json"));
    Answer unsigned = portal.as(host).post(path, "application/json", evidence);
    assertThat(unsigned.expect(403).code()).isEqualTo("evidence-not-signed");
    Answer dump =
        portal
            .as(host)
            .post(
                path,
                "text/plain",
                "net.ipv4.tcp_syncookies = 1\n".getBytes(StandardCharsets.UTF_8));
    assertThat(dump.expect(403).code()).isEqualTo("evidence-not-signed");
    assertThat(reports(host)).isEmpty();
    send(host);
    assertThat(reports(host).get(0).get("signedBy").textValue()).startsWith("SHA256:");
    byte[] changed =
        new String(evidence, StandardCharsets.UTF_8)
            .replace("\"id\":", "\"id\": ")
            .getBytes(StandardCharsets.UTF_8);
    assertThat(
            portal
                .as(host)
                .post(path, "application/json", changed, "Palisade-Signature", signature())
                .expect(403)
                .code())
        .isEqualTo("evidence-not-signed");
    collect("other");
    Output refused = scripts.run(sending(folder, portal.address().toString()), "send.sh");
    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.err()).contains("The portal refused the evidence: 403");
    assertThat(reports(host)).hasSize(1);
  }

  @Test
  void aHostThatWentBackCountsAsFailedAndIsOfferedItsFormerReleaseAnew() throws IOException {
    RegisteredHost host = offered("agent-back", Map.of("net.ipv4.tcp_syncookies", 1));
    JsonNode former = desired(host);
    String second = portal.approved("agent-back", Map.of("net.ipv4.tcp_rfc1337", 1));
    long rollout = portal.rollOut(host, second);
    assertThat(desired(host).get("number").intValue()).isEqualTo(2);
    Map<String, Object> evidence =
        Map.of(
            "schema", "palisade.evidence/1",
            "id", "back-1",
            "sysctl", Map.of("net.ipv4.tcp_syncookies", "1"),
            "release", former.get("release").textValue(),
            "rolledBack", Map.of("number", 2, "reason", "The portal could not be reached."));
    portal.as(host).post("/agent/v1/reports", evidence).expect(202);
    JsonNode again = desired(host);
    assertThat(again.get("number").intValue()).isEqualTo(3);
    assertThat(again.get("release")).isEqualTo(former.get("release"));
    JsonNode progress =
        portal.as(Role.VIEWER).get("/api/v1/rollouts/" + rollout + "/hosts").json().at("/items/0");
    assertThat(progress.get("state").textValue()).isEqualTo("rolled_back");
    assertThat(progress.get("reason").textValue())
        .contains("The portal could not be reached.", "offered again as number 3");
    Map<String, Object> repeated = new TreeMap<>(evidence);
    repeated.put("id", "back-2");
    portal.as(host).post("/agent/v1/reports", repeated).expect(202);
    assertThat(desired(host).get("number").intValue()).isEqualTo(3);
    assertThat(verdicts(host)).containsOnlyKeys("net.ipv4.tcp_syncookies");
    JsonNode entry =
        portal
            .as(Role.AUDITOR)
            .get("/api/v1/journal?act=host.rolled-back&object=" + host.name())
            .json();
    assertThat(entry.at("/items/0/actor").textValue()).isEqualTo(host.name());
    assertThat(entry.get("items")).hasSize(1);
  }

  @Test
  void theModuleOfAHostIsThereForPeopleAndForNix() {
    RegisteredHost host = portal.host("agent-nix");
    Answer mine =
        portal.as(Role.VIEWER).get("/api/v1/hosts/" + host.name() + "/agent.nix").expect(200);
    assertThat(mine.text())
        .contains("services.palisade-agent", "\"" + host.name() + "\"", "BEGIN PUBLIC KEY");
    assertThat(portal.as(host).get("/nix/agent.nix").expect(200).text())
        .contains("config.networking.hostName");
    Answer archive = portal.as(host).get("/nix/agent.tar.gz").expect(200);
    assertThat(archive.body())
        .isEqualTo(portal.as(host).get("/nix/agent.tar.gz").expect(200).body());
    portal.anonymous().get("/nix/agent.nix").expect(401);
    portal.as(Role.VIEWER).get("/api/v1/hosts/nobody-has-this-name/agent.nix").expect(404);
  }

  /** The updater against the real portal: what it signed is what the made-up rebuild gets. */
  @Test
  void theUpdaterTakesWhatThePortalSigned() throws IOException {
    RegisteredHost host = offered("agent-update", Map.of("net.ipv4.tcp_syncookies", 1));
    String digest = desired(host).get("release").textValue();
    Files.createDirectory(folder.resolve("former"));
    Files.createDirectory(folder.resolve("new"));
    scripts.file("new/profile.json", "{\"release\":\"" + digest + "\"}");
    Files.createSymbolicLink(folder.resolve("current"), folder.resolve("former"));
    scripts.program("bin/nixos-rebuild", "ln -sfn %s/new %s/current\n".formatted(folder, folder));
    scripts.file("token", host.token());
    scripts.file(
        "key.pem",
        portal.as(host).get("/nix/keys").expect(200).json().get("publicKey").textValue());
    Map<String, String> environment =
        new TreeMap<>(
            Map.of(
                "PATH", folder + "/bin:" + System.getenv("PATH"),
                "PALISADE_URL", portal.address().toString(),
                "PALISADE_HOST", host.name(),
                "PALISADE_TOKEN_FILE", folder + "/token",
                "PALISADE_PUBLIC_KEYS", folder + "/key.pem",
                "PALISADE_SYSTEM", folder + "/current",
                "PALISADE_PROFILE", folder + "/current/profile.json"));
    Output output = scripts.run(environment, "update.sh");
    assertThat(output.exit()).as(output.err()).isZero();
    assertThat(output.out()).contains("Confirmed");
    assertThat(output.err()).isEmpty();
    environment.put("PALISADE_HOST", "another");
    assertThat(scripts.run(environment, "update.sh").err()).contains("for another host");
  }

  private RegisteredHost offered(String prefix, Map<String, ?> settings) {
    RegisteredHost host = portal.host(prefix);
    portal.rollOut(host, portal.approved(prefix, settings));
    return host;
  }

  /** What the portal signed for the host. */
  private JsonNode desired(RegisteredHost host) throws IOException {
    return MAPPER.readTree(
        portal.as(host).get("/agent/v1/desired").expect(200).json().get("statement").textValue());
  }

  /** Collects in a new network namespace, after a script ran there. */
  private void collectWithin(String before) throws IOException {
    scripts.program(
        "within.sh",
        "set -e\nPATH=/usr/sbin:/sbin:$PATH\n[[ $(readlink /proc/self/ns/net) != \"$1\" ]]\n"
            + before
            + "bash "
            + folder
            + "/collect.sh "
            + folder
            + "/evidence.json\n");
    String outside = Files.readSymbolicLink(Path.of("/proc/self/ns/net")).toString();
    Output output =
        Tools.run(
            Map.of("PALISADE_HOST_KEY", ""),
            "",
            "unshare",
            "-n",
            folder.resolve("within.sh").toString(),
            outside);
    assertThat(output.exit()).as(output.err()).isZero();
  }

  private void collect(String key) {
    Output output =
        scripts.run(
            Map.of("PALISADE_HOST_KEY", folder.resolve(key).toString()),
            "collect.sh",
            folder + "/evidence.json");
    assertThat(output.exit()).as(output.err()).isZero();
  }

  private void send(RegisteredHost host) throws IOException {
    scripts.file("token", host.token());
    Output output = scripts.run(sending(folder, portal.address().toString()), "send.sh");
    assertThat(output.exit()).as(output.err()).isZero();
    assertThat(output.out()).contains("Reported: ");
  }

  private Map<String, String> sending(Path from, String url) {
    return Map.of(
        "PALISADE_URL", url,
        "PALISADE_EVIDENCE", from + "/evidence.json.gz",
        "PALISADE_SIGNATURE", from + "/evidence.json.sig",
        "PALISADE_TOKEN_FILE", folder + "/token");
  }

  private void key(String name) {
    Output output =
        Tools.run(
            Map.of(),
            "",
            "ssh-keygen",
            "-q",
            "-t",
            "ed25519",
            "-N",
            "",
            "-f",
            folder.resolve(name).toString());
    assertThat(output.exit()).as(output.err()).isZero();
  }

  private void pin(RegisteredHost host, String key) throws IOException {
    portal
        .as(Role.OPERATOR)
        .patch(
            "/api/v1/hosts/" + host.name(),
            Map.of("sshHostKey", Files.readString(folder.resolve(key + ".pub"))))
        .expect(200);
  }

  private String signature() throws IOException {
    List<String> lines = Files.readAllLines(folder.resolve("evidence.json.sig"));
    return lines.stream().filter(line -> !line.startsWith("-")).collect(Collectors.joining());
  }

  private JsonNode reports(RegisteredHost host) {
    return portal
        .as(Role.VIEWER)
        .get("/api/v1/hosts/" + host.name() + "/reports")
        .expect(200)
        .json()
        .get("items");
  }

  private Map<String, String> verdicts(RegisteredHost host) {
    Map<String, String> verdicts = new TreeMap<>();
    portal
        .as(Role.VIEWER)
        .get("/api/v1/findings?limit=1000&host=" + host.name())
        .expect(200)
        .json()
        .get("items")
        .forEach(f -> verdicts.put(f.get("key").textValue(), f.get("verdict").textValue()));
    return verdicts;
  }
}
