package dev.palisade.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.palisade.agent.PortalDouble.Answer;
import dev.palisade.testing.Tools;
import dev.palisade.testing.Tools.Output;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The collector and the sender on this machine. */
@Tag("kernel")
class ScriptsTest {

  private static final String TOKEN = "ph_a-token-that-nobody-else-has_0123456789";
  private static final Answer TAKEN =
      new Answer(202, "{\"report\":1,\"verdicts\":{\"compliant\":3}}");

  @TempDir private Path folder;
  private AgentScripts scripts;

  @BeforeEach
  void copyScripts() throws IOException {
    scripts = new AgentScripts(folder);
  }

  @Test
  void shellcheckFindsNothing() {
    Tools.require(AgentScripts.there("shellcheck"), "shellcheck is not installed");
    Output output =
        Tools.run(
            Map.of(),
            "",
            "shellcheck",
            AgentScripts.SOURCE.resolve("collect.sh").toString(),
            AgentScripts.SOURCE.resolve("send.sh").toString(),
            AgentScripts.SOURCE.resolve("update.sh").toString());
    assertThat(output.exit()).as(output.out()).isZero();
  }

  @Test
  void evidenceIsForItsOwnerAloneAndHoldsNoSecret() throws IOException {
    JsonNode evidence = collected(Map.of());
    assertThat(evidence.get("schema").textValue()).isEqualTo("palisade.evidence/1");
    assertThat(evidence.get("sysctl").size()).isGreaterThan(100);
    assertThat(evidence.toString())
        .doesNotContain("tcp_fastopen_key")
        .doesNotContain("stable_secret")
        .doesNotContain("netdev_rss_key");
    for (String suffix : List.of("", ".gz", ".sig")) {
      assertThat(Files.getPosixFilePermissions(folder.resolve("evidence.json" + suffix)))
          .containsOnly(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    }
  }

  @Test
  void credentialsOnTheCommandLineStayOnTheHost() throws IOException {
    String line =
        "quiet systemd.set_credential=\\\"a:secret one\\\" \\\"systemd.set_credential_binary=b:secret"
            + " two\\\" systemd.set-credential=c:secret audit=1";
    scripts.program(
        "bin/cat",
        "[[ $1 = /proc/cmdline ]] && { echo \"" + line + "\"; exit; }\nexec /bin/cat \"$@\"\n");
    JsonNode evidence = collected(Map.of("PATH", folder + "/bin:" + System.getenv("PATH")));
    assertThat(evidence.get("cmdline").textValue())
        .isEqualTo(
            "quiet systemd.set_credential= systemd.set_credential_binary= systemd.set-credential="
                + " audit=1");
  }

  /** The five of the rendered unit; a root that has none of the others reads as much. */
  @Test
  void theCapabilitiesOfTheUnitAreEnough() throws IOException {
    Tools.require(AgentScripts.isRoot(), "Giving capabilities up needs root");
    String given = "sys_admin,+net_admin,+net_raw,+sys_ptrace,+dac_read_search";
    String module = new AgentModule("https://portal.example", "key", null).text();
    for (String capability : given.split(",\\+")) {
      assertThat(module).contains("\"CAP_" + capability.toUpperCase(Locale.ROOT) + "\"");
    }
    assertThat(module.split("\"CAP_", -1)).hasSize(given.split(",").length + 1);
    Path few = folder.resolve("few.json");
    Output output =
        scripts.run(
            List.of("setpriv", "--inh-caps=-all", "--bounding-set=-all,+" + given),
            Map.of("PALISADE_PROFILE", folder + "/no-profile"),
            "collect.sh",
            few.toString());
    assertThat(output.exit()).as(output.err()).isZero();
    JsonNode all = collected(Map.of());
    JsonNode some = read(few);
    assertThat(some.get("unreadable")).isEqualTo(all.get("unreadable"));
    assertThat(some.get("notRead")).isEqualTo(all.get("notRead"));
    assertThat(some.get("sysctl").size()).isEqualTo(all.get("sysctl").size());
    assertThat(some.get("firewall")).isEqualTo(all.get("firewall"));
  }

  @Test
  void anOrdinaryUserSaysWhatCouldNotBeRead() throws IOException {
    Path own = Files.createDirectory(folder.resolve("own"));
    if (AgentScripts.isRoot()) {
      Tools.run(Map.of(), "", "chown", "65534:65534", own.toString());
    }
    Output output = scripts.runAsNobody(Map.of(), "collect.sh", own.resolve("e").toString());
    assertThat(output.exit()).as(output.err()).isZero();
    JsonNode evidence = read(own.resolve("e"));
    assertThat(evidence.get("unreadable").toString()).contains("vm.mmap_rnd_bits");
    assertThat(evidence.get("unreadable").toString()).doesNotContain("secret");
    assertThat(evidence.get("sysctl").has("vm.mmap_rnd_bits")).isFalse();
    assertThat(output.err()).contains("<4>Not read: ");
  }

  @Test
  void whatTheModuleLeftBehindIsReported() throws IOException {
    Path profile =
        scripts.file(
            "profile.json",
            """
            {"release": "%s", "enabled": true, "profiles": ["homelab-lan v1"],
             "declared": {"net.ipv4.tcp_syncookies": 1, "net.ipv4.tcp_fastopen_key": "x"},
             "effective": {"net.ipv4.tcp_syncookies": 0}}
            """
                .formatted("ab".repeat(32)));
    JsonNode evidence = collected(Map.of("PALISADE_PROFILE", profile.toString()));
    assertThat(evidence.get("release").textValue()).isEqualTo("ab".repeat(32));
    assertThat(evidence.get("declared").toString()).isEqualTo("{\"net.ipv4.tcp_syncookies\":1}");
    assertThat(evidence.at("/effective/net.ipv4.tcp_syncookies").intValue()).isZero();
    assertThat(evidence.at("/profile/enabled").booleanValue()).isTrue();
  }

  @Test
  void aDamagedProfileIsNoEvidenceAndStopsNothing() throws IOException {
    Path profile = scripts.file("profile.json", "{\"release\": ");
    JsonNode evidence = collected(Map.of("PALISADE_PROFILE", profile.toString()));
    assertThat(evidence.has("release")).isFalse();
    assertThat(evidence.get("notRead").toString()).contains("profile: ");
  }

  @Test
  void theSenderTriesAgainWhileThePortalIsAwayAndNotWhenItRefuses() throws IOException {
    collected(Map.of());
    try (PortalDouble portal = new PortalDouble()) {
      portal.answers("/agent/v1/reports", new Answer(503, ""), new Answer(429, "{}"), TAKEN);
      Output output = sent(portal);
      assertThat(output.exit()).as(output.err()).isZero();
      assertThat(output.out()).contains("Reported: 3 compliant");
      assertThat(output.err()).contains("Attempt 1 failed").contains("Attempt 2 failed");
      portal.answers("/agent/v1/reports", new Answer(403, "{\"detail\":\"Not yours.\"}"));
      int before = portal.asked().size();
      Output refused = sent(portal);
      assertThat(refused.exit()).isEqualTo(1);
      assertThat(refused.err()).contains("403 Not yours.");
      assertThat(portal.asked()).hasSize(before + 1);
      portal.answers("/agent/v1/reports", new Answer(500, ""));
      assertThat(sent(portal).err()).contains("Gave up after 3 attempts");
    }
  }

  @Test
  void theSenderNoticesThatTheSystemIsNotTheRelease() throws IOException {
    collected(Map.of());
    try (PortalDouble portal = new PortalDouble()) {
      portal.answers("/agent/v1/reports", TAKEN);
      portal.answers(
          "/agent/v1/desired",
          new Answer(200, "{\"release\":{\"digest\":\"" + "cd".repeat(32) + "\"}}"));
      assertThat(sent(portal).err())
          .contains("This system has release none; it should have cdcdcdcdcdcd.");
    }
  }

  /** Read while the sender waits for an answer, when its curl runs. */
  @Test
  void theTokenIsInNoArgumentAndNoEnvironment() throws IOException {
    collected(Map.of());
    List<String> seen = new ArrayList<>();
    List<String> authorized = new ArrayList<>();
    try (PortalDouble portal = new PortalDouble()) {
      portal.answers("/agent/v1/reports", TAKEN);
      portal.watch(
          exchange -> {
            authorized.add(exchange.getRequestHeaders().getFirst("Authorization"));
            seen.addAll(argumentsAndEnvironments());
          });
      assertThat(sent(portal).exit()).isZero();
    }
    assertThat(authorized).first().isEqualTo("Bearer " + TOKEN);
    assertThat(seen).anyMatch(text -> text.contains("curl") && text.contains("reports"));
    assertThat(seen).noneMatch(text -> text.contains(TOKEN));
  }

  @Test
  void whatIsNoTokenIsNotSent() throws IOException {
    collected(Map.of());
    try (PortalDouble portal = new PortalDouble()) {
      for (String bad : List.of("", "a b\n", "x\"\nurl = \"http://127.0.0.1:1/\n")) {
        scripts.file("token", bad);
        Output output = run(portal);
        assertThat(output.exit()).isEqualTo(2);
      }
      assertThat(portal.asked()).isEmpty();
    }
  }

  private static List<String> argumentsAndEnvironments() throws IOException {
    List<String> texts = new ArrayList<>();
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      for (Path process :
          processes.filter(p -> p.getFileName().toString().matches("\\d+")).toList()) {
        for (String file : List.of("cmdline", "environ")) {
          try {
            texts.add(
                new String(Files.readAllBytes(process.resolve(file)), StandardCharsets.UTF_8));
          } catch (IOException e) {
            texts.add("");
          }
        }
      }
    }
    return texts;
  }

  private Output sent(PortalDouble portal) throws IOException {
    scripts.file("token", TOKEN + "\n");
    return run(portal);
  }

  private Output run(PortalDouble portal) {
    return scripts.run(
        Map.of(
            "PALISADE_URL",
            portal.url(),
            "PALISADE_EVIDENCE",
            folder.resolve("evidence.json.gz").toString(),
            "PALISADE_SIGNATURE",
            folder.resolve("evidence.json.sig").toString(),
            "PALISADE_TOKEN_FILE",
            folder.resolve("token").toString(),
            "PALISADE_ATTEMPTS",
            "3",
            "PALISADE_PAUSE_SECONDS",
            "0"),
        "send.sh");
  }

  private JsonNode collected(Map<String, String> environment) throws IOException {
    Path file = folder.resolve("evidence.json");
    Map<String, String> variables =
        new TreeMap<>(Map.of("PALISADE_PROFILE", folder + "/no-profile"));
    variables.putAll(environment);
    Output output = scripts.run(variables, "collect.sh", file.toString());
    assertThat(output.exit()).as(output.err()).isZero();
    return read(file);
  }

  private static JsonNode read(Path file) throws IOException {
    return new ObjectMapper().readTree(Files.readAllBytes(file));
  }
}
