package dev.palisade.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.palisade.testing.Tools;
import dev.palisade.testing.Tools.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The agent's module as the real Nix evaluates it, beside a stub of NixOS: option types, merging
 * and what systemd makes of the units are not covered, but the units' words are, where
 * systemd-analyze is there.
 */
@Tag("nix")
class AgentModuleTest {

  private static final Path RESOURCES = Path.of("src/main/resources/dev/palisade/agent");
  private static final Path STUB = Path.of("src/test/resources/dev/palisade/agent/nixos-stub.nix");
  private static final String KEY = "-----BEGIN PUBLIC KEY-----\nYWJj\n-----END PUBLIC KEY-----\n";
  private static final AgentModule MODULE =
      new AgentModule("https://portal.example/${x}\"''", KEY, "web-1");
  private static final String TOKEN = "tokenFile = \"/secrets/token\";";

  @TempDir private Path files;

  @BeforeEach
  void needsNix() {
    Tools.requireNix();
  }

  @Test
  void oneFileAndTheTreeAreTheSameSystem() throws IOException {
    JsonNode alone = evaluated(single(), "enable = true; updater.enable = true; " + TOKEN);
    JsonNode tree = evaluated(unpacked(), "enable = true; updater.enable = true; " + TOKEN);
    assertThat(alone).isEqualTo(tree);
    assertThat(alone.at("/systemd/services").properties()).hasSize(3);
    assertThat(alone.at("/systemd/timers").properties()).hasSize(2);
  }

  @Test
  void theScriptsAndTheKeyComeOutOfNixAsTheyWentIn() throws IOException {
    JsonNode services =
        evaluated(single(), "enable = true; updater.enable = true; " + TOKEN)
            .at("/systemd/services");
    for (String[] unit :
        List.of(
            new String[] {"palisade-collect", "collect.sh"},
            new String[] {"palisade-agent", "send.sh"},
            new String[] {"palisade-update", "update.sh"})) {
      String started = services.at("/" + unit[0] + "/serviceConfig/ExecStart").textValue();
      assertThat(Path.of(started.split(" ")[1]))
          .hasSameTextualContentAs(RESOURCES.resolve(unit[1]));
    }
    JsonNode environment = services.at("/palisade-update/environment");
    assertThat(Path.of(environment.get("PALISADE_PUBLIC_KEYS").textValue())).hasContent(KEY);
    assertThat(environment.get("PALISADE_URL").textValue()).isEqualTo(MODULE.portal());
    assertThat(environment.get("PALISADE_HOST").textValue()).isEqualTo("web-1");
  }

  @Test
  void withoutANameTheHostSaysItsOwn() throws IOException {
    Path file = files.resolve("any.nix");
    Files.writeString(file, new AgentModule("https://portal.example", KEY, null).text());
    JsonNode config = evaluated(file, "enable = true; updater.enable = true; " + TOKEN);
    assertThat(config.at("/systemd/services/palisade-update/environment/PALISADE_HOST").textValue())
        .isEqualTo("own-name");
  }

  @Test
  void nothingIsThereUntilItIsEnabledAndNoUpdaterUntilThatIs() throws IOException {
    assertThat(evaluated(single(), TOKEN)).isEmpty();
    JsonNode config = evaluated(single(), "enable = true; " + TOKEN);
    assertThat(config.at("/systemd/services/palisade-update")).isEmpty();
    assertThat(config.at("/systemd/timers/palisade-update")).isEmpty();
  }

  @Test
  void theCollectorHasNoNetworkAndTheSenderNoPrivilege() throws IOException {
    JsonNode services = evaluated(single(), "enable = true; " + TOKEN).at("/systemd/services");
    JsonNode collector = services.at("/palisade-collect/serviceConfig");
    assertThat(collector.get("IPAddressDeny").textValue()).isEqualTo("any");
    assertThat(collector.get("CapabilityBoundingSet").toString()).contains("CAP_SYS_ADMIN");
    assertThat(collector.has("PrivateNetwork")).isFalse();
    assertThat(collector.has("ProcSubset")).isFalse();
    JsonNode sender = services.at("/palisade-agent/serviceConfig");
    assertThat(sender.get("DynamicUser").booleanValue()).isTrue();
    assertThat(sender.get("CapabilityBoundingSet").textValue()).isEmpty();
    assertThat(sender.get("LoadCredential").get(0).textValue()).isEqualTo("token:/secrets/token");
    assertThat(services.get("palisade-agent").toString()).doesNotContain("host_key");
  }

  @Test
  void aTokenInTheStoreIsRefusedAndSoIsAnUpdaterWithoutAKey() throws IOException {
    assertThat(assertions("enable = true; updater.enable = true; " + TOKEN))
        .containsExactly(true, true);
    assertThat(assertions("enable = true; tokenFile = builtins.storeDir + \"/token\";"))
        .containsExactly(false, true);
    assertThat(assertions("enable = true; updater.enable = true; publicKeys = [ ]; " + TOKEN))
        .containsExactly(true, false);
  }

  @Test
  void systemdKnowsEveryWordOfTheUnits() throws IOException {
    Tools.require(
        Files.isExecutable(Path.of("/usr/bin/systemd-analyze")),
        "systemd-analyze is not installed (systemd)");
    JsonNode systemd =
        evaluated(single(), "enable = true; updater.enable = true; " + TOKEN).get("systemd");
    List<String> command = new ArrayList<>(List.of("systemd-analyze", "verify", "--man=no"));
    for (Map.Entry<String, JsonNode> unit : systemd.get("services").properties()) {
      command.add(unit(unit.getKey() + ".service", unit.getValue(), "serviceConfig", "Service"));
    }
    for (Map.Entry<String, JsonNode> unit : systemd.get("timers").properties()) {
      command.add(unit(unit.getKey() + ".timer", unit.getValue(), "timerConfig", "Timer"));
    }
    Output output = Tools.run(Map.of(), "", command.toArray(String[]::new));
    assertThat(output.err().lines().filter(line -> line.contains(files.toString()))).isEmpty();
    assertThat(output.exit()).as(output.err()).isZero();
  }

  private String unit(String name, JsonNode unit, String member, String section)
      throws IOException {
    StringBuilder text = new StringBuilder("[Unit]\n");
    words(text, unit.path("unitConfig"));
    for (String order : List.of("requires", "wants", "after")) {
      unit.path(order)
          .forEach(
              other ->
                  text.append(order.substring(0, 1).toUpperCase(java.util.Locale.ROOT))
                      .append(order.substring(1))
                      .append('=')
                      .append(other.textValue())
                      .append('\n'));
    }
    text.append('[').append(section).append("]\n");
    words(text, unit.get(member));
    return Files.writeString(files.resolve(name), text).toString();
  }

  private static void words(StringBuilder text, JsonNode words) {
    words
        .properties()
        .forEach(
            word ->
                (word.getValue().isArray() ? word.getValue() : List.of(word.getValue()))
                    .forEach(
                        value ->
                            text.append(word.getKey())
                                .append('=')
                                .append(value.asText())
                                .append('\n')));
  }

  private List<Boolean> assertions(String settings) throws IOException {
    List<Boolean> held = new ArrayList<>();
    evaluated(single(), settings)
        .get("assertions")
        .forEach(a -> held.add(a.get("assertion").booleanValue()));
    return held;
  }

  private Path single() throws IOException {
    return Files.writeString(files.resolve("palisade-agent.nix"), MODULE.text());
  }

  private Path unpacked() throws IOException {
    Path archive = Files.write(files.resolve("agent.tar.gz"), MODULE.archive());
    Output output =
        Tools.run(Map.of(), "", "tar", "-xzf", archive.toString(), "-C", files.toString());
    assertThat(output.exit()).as(output.err()).isZero();
    return files.resolve("palisade-agent/default.nix");
  }

  private static JsonNode evaluated(Path module, String settings) throws IOException {
    Output output =
        Tools.nix(
            "nix-instantiate",
            "--eval",
            "--strict",
            "--json",
            "--read-write-mode",
            "-E",
            "import "
                + STUB.toAbsolutePath()
                + " { module = "
                + module
                + "; settings = { "
                + settings
                + " }; }");
    assertThat(output.exit()).as(output.err()).isZero();
    return new ObjectMapper().readTree(output.out());
  }
}
