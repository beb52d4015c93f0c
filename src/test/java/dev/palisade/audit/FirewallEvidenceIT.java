package dev.palisade.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palisade.account.Role;
import dev.palisade.testing.Portal;
import dev.palisade.testing.Portal.RegisteredHost;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Evidence as the agent sends it, with a firewall of NixOS, and the verdicts that come of it. */
@Tag("portal")
class FirewallEvidenceIT {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String FW = "networking.firewall.";
  private static final String ROOT_LOGIN = "services.openssh.settings.PermitRootLogin";

  private static Portal portal;
  private static RegisteredHost host;
  private static String digest;

  @BeforeAll
  static void rollOut() {
    portal = Portal.running();
    host = portal.host("firewalled");
    portal.rollOut(
        host,
        portal.approved(
            "firewall",
            Map.of(
                FW + "enable",
                true,
                FW + "allowPing",
                true,
                FW + "allowedTCPPorts",
                List.of(53, 80, 443),
                FW + "allowedTCPPortRanges",
                List.of(Map.of("from", 8000, "to", 8010)),
                FW + "interfaces.wg0.allowedTCPPorts",
                List.of(9100),
                ROOT_LOGIN,
                "no",
                "slab_nomerge",
                true,
                "dccp",
                true,
                "net.ipv4.tcp_sack",
                0)));
    digest =
        portal
            .as(host)
            .get("/agent/v1/desired")
            .expect(200)
            .json()
            .at("/release/digest")
            .textValue();
  }

  @Test
  void thePortsOfARealRulesetAreExactAndNamed() throws IOException {
    Map<String, JsonNode> findings = sent(evidence("one", digest));
    JsonNode ports = findings.get(FW + "allowedTCPPorts");
    assertThat(ports.get("verdict").textValue()).isEqualTo("overridden");
    assertThat(ports.get("why").textValue())
        .contains("8080, for a while, by the set temp-ports")
        .contains("24800 from 10.0.0.0/8, by a rule of its own in the chain input-allow")
        .contains("every port on docker0")
        .doesNotContain("Also open: 22");
    assertThat(ports.get("declared").textValue()).isEqualTo("53 80 443");
    assertThat(verdicts(findings))
        .containsEntry(FW + "enable", "compliant")
        .containsEntry(FW + "allowPing", "compliant")
        .containsEntry(FW + "allowedTCPPortRanges", "compliant")
        .containsEntry(FW + "interfaces.wg0.allowedTCPPorts", "compliant")
        .containsEntry("slab_nomerge", "pending-reboot")
        .containsEntry("dccp", "compliant");
    JsonNode root = findings.get(ROOT_LOGIN);
    assertThat(root.get("verdict").textValue()).isEqualTo("overridden");
    assertThat(root.get("expected").textValue()).isEqualTo("no");
    assertThat(root.get("declared").textValue()).isEqualTo("yes");
    assertThat(root.get("found").textValue()).isEqualTo("yes");
    assertThat(root.get("exception").textValue()).isEqualTo("The \"rack\" <script> #{7*7}");
    assertThat(root.get("why").textValue()).contains("Explained by the host: “The \"rack\"");
    assertThat(findings.get("net.ipv4.tcp_sack").get("verdict").textValue()).isEqualTo("drifted");
  }

  @Test
  void anotherReleaseIsNotDeployed() throws IOException {
    Map<String, JsonNode> findings = sent(evidence("two", "ab".repeat(32)));
    assertThat(verdicts(findings))
        .containsEntry(ROOT_LOGIN, "not-deployed")
        .containsEntry(FW + "allowedTCPPorts", "not-deployed")
        .containsEntry("slab_nomerge", "not-deployed")
        .containsEntry(FW + "enable", "compliant");
  }

  @Test
  void aCharacterThatNoDatabaseHoldsIsNamed() throws IOException {
    ObjectNode evidence = evidence("three", digest);
    evidence.put("cmdline", "quiet\u0000");
    JsonNode problem =
        portal
            .as(host)
            .post("/agent/v1/reports", "application/json", MAPPER.writeValueAsBytes(evidence))
            .expect(422)
            .json();
    assertThat(problem.at("/errors/0/pointer").textValue()).isEqualTo("/cmdline");
  }

  private static ObjectNode evidence(String id, String release) throws IOException {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("schema", "palisade.evidence/1").put("id", id + portal.name("-"));
    root.put("systemCurrent", "/nix/store/b").put("systemBooted", "/nix/store/a");
    root.putObject("sysctl").put("net.ipv4.tcp_sack", 1).put("net.ipv6.conf.all.disable_ipv6", 0);
    ObjectNode firewall = root.putObject("firewall").put("backend", "nftables");
    try (InputStream rules =
        FirewallEvidenceIT.class.getResourceAsStream("firewall/nixos-nft.json")) {
      firewall.set("ruleset", MAPPER.readTree(rules));
    }
    root.putArray("listeners")
        .addObject()
        .put("proto", "tcp")
        .put("address", "0.0.0.0")
        .put("port", 22)
        .put("process", "sshd");
    root.putObject("sshd").put("port", "22").put("permitrootlogin", "yes");
    root.put("cmdline", "quiet").putArray("modules").add("ext4");
    ObjectNode effective = root.putObject("effective");
    effective.putArray(FW + "allowedTCPPorts").add(53).add(80).add(443);
    effective.put(ROOT_LOGIN, "yes").put("slab_nomerge", true).put("dccp", true);
    effective.put("net.ipv4.tcp_sack", 0);
    ObjectNode profile = root.putObject("profile").put("release", release).put("enabled", true);
    profile
        .putObject("exceptions")
        .putObject(ROOT_LOGIN)
        .put("reason", "The \"rack\" <script> #{7*7}");
    return root;
  }

  private static Map<String, JsonNode> sent(ObjectNode evidence) {
    byte[] body = evidence.toString().getBytes(StandardCharsets.UTF_8);
    portal.as(host).post("/agent/v1/reports", "application/json", body).expect(202);
    Map<String, JsonNode> findings = new TreeMap<>();
    portal
        .as(Role.VIEWER)
        .get("/api/v1/findings?host=" + host.name())
        .expect(200)
        .json()
        .get("items")
        .forEach(item -> findings.put(item.get("key").textValue(), item));
    return findings;
  }

  private static Map<String, String> verdicts(Map<String, JsonNode> findings) {
    Map<String, String> verdicts = new TreeMap<>();
    findings.forEach((key, finding) -> verdicts.put(key, finding.get("verdict").textValue()));
    return verdicts;
  }
}
