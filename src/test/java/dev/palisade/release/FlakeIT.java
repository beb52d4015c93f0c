package dev.palisade.release;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.palisade.account.Role;
import dev.palisade.testing.Portal;
import dev.palisade.testing.Portal.RegisteredHost;
import dev.palisade.testing.Tools;
import dev.palisade.testing.Tools.Output;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real Nix locks releases and whole fleets as flake inputs. */
@Tag("nix")
class FlakeIT {

  private static final String SYSRQ = "/config/boot/kernel/sysctl/kernel.sysrq";

  private static Portal portal;

  @TempDir private Path fresh;

  @BeforeAll
  static void needNix() {
    Tools.requireNix();
    portal = Portal.running();
  }

  @Test
  void anInputPinnedToAReleaseIsUpdatedToTheNextAndTheOldLockStillWorks() throws IOException {
    RegisteredHost host = portal.host("flake");
    portal.rollOut(host, portal.approved("flake", Map.of("kernel.sysrq", 0)));
    Path before = flake("before", host.name(), host.token(), release(host), "default");
    assertThat(lock(before).exit()).isZero();
    assertThat(sysrq(before)).isEqualTo(0);
    String oldLock = Files.readString(before.resolve("flake.lock"));

    portal.rollOut(host, portal.approved("flake", Map.of("kernel.sysrq", 1)));
    Path after = flake("after", host.name(), host.token(), release(host), "default");
    Files.writeString(after.resolve("flake.lock"), oldLock);
    assertThat(sysrq(after)).isEqualTo(1);
    assertThat(Files.readString(after.resolve("flake.lock"))).isNotEqualTo(oldLock);

    forgetStore();
    assertThat(sysrq(before)).isEqualTo(0);
    assertThat(before.resolve("flake.lock")).hasContent(oldLock);
  }

  @Test
  void aFleetOfThreeHostsIsOneInput() throws IOException {
    List<RegisteredHost> hosts = new ArrayList<>();
    String site = portal.name("flake-fleet");
    List<String> profiles =
        List.of(
            portal.approved("flake", Map.of("kernel.sysrq", 4)),
            portal.approved("flake", Map.of("kernel.sysrq", 8)));
    for (int i = 0; i < 3; i++) {
      RegisteredHost host = portal.host("9.flake-fleet");
      portal
          .as(Role.OPERATOR)
          .patch("/api/v1/hosts/" + host.name(), Map.of("labels", Map.of("site", site)))
          .expect(200);
      portal.rollOut(host, profiles.get(Math.min(i, 1)));
      hosts.add(host);
    }
    String token =
        portal
            .as(Role.OPERATOR)
            .post(
                "/api/v1/delivery-tokens",
                Map.of(
                    "name",
                    "ci",
                    "selector",
                    "site = " + site,
                    "expiresAt",
                    Instant.now().plusSeconds(600).toString()))
            .expect(201)
            .json()
            .get("token")
            .textValue();
    String url = portal.address() + "/nix/fleet.tar.gz";
    List<Integer> values = new ArrayList<>();
    for (RegisteredHost host : hosts) {
      values.add(sysrq(flake(host.name(), "ci", token, url, "\"" + host.name() + "\"")));
    }
    assertThat(values).containsExactly(4, 8, 8);
    Path names = flake("names", "ci", token, url, "default");
    Output listed = nix("eval", "--json", names + "#hosts", "--apply", "builtins.attrNames");
    assertThat(listed.exit()).as(listed.err()).isZero();
    assertThat(new ObjectMapper().readTree(listed.out()))
        .hasSize(3)
        .extracting(JsonNode::textValue)
        .containsExactlyInAnyOrderElementsOf(hosts.stream().map(RegisteredHost::name).toList());
  }

  private static String release(RegisteredHost host) {
    String digest =
        portal
            .as(host)
            .get("/agent/v1/desired")
            .expect(200)
            .json()
            .at("/release/digest")
            .textValue();
    return portal.address() + "/nix/releases/" + digest + ".tar.gz";
  }

  /** A configuration with the portal as its only input. */
  private Path flake(String name, String login, String token, String url, String module)
      throws IOException {
    Files.writeString(
        fresh.resolve("netrc"), "machine 127.0.0.1 login " + login + " password " + token + "\n");
    Path folder = Files.createDirectory(fresh.resolve(name));
    for (String file : List.of("evaluate.nix", "modules.nix", "nixos.nix")) {
      try (InputStream standIn = FlakeIT.class.getResourceAsStream("/dev/palisade/nix/" + file)) {
        Files.copy(standIn, folder.resolve(file));
      }
    }
    Files.writeString(
        folder.resolve("flake.nix"),
        """
        {
          inputs.hardening.url = "%s";
          outputs = { hardening, ... }: {
            hosts = hardening.nixosModules;
            module = (import ./evaluate.nix { it.modules = [ hardening.nixosModules.%s ]; }).it;
          };
        }
        """
            .formatted(url, module));
    return folder;
  }

  private Output lock(Path flake) {
    return nix("flake", "lock", flake.toString());
  }

  private int sysrq(Path flake) throws IOException {
    Output output = nix("eval", "--json", flake + "#module");
    assertThat(output.exit()).as(output.err()).isZero();
    return new ObjectMapper().readTree(output.out()).at(SYSRQ).intValue();
  }

  /** Another machine with the same lock: nothing was fetched there yet. */
  private void forgetStore() throws IOException {
    Files.move(fresh.resolve("home"), fresh.resolve("former-home"));
  }

  private Output nix(String... arguments) {
    try {
      Path home = Files.createDirectories(fresh.resolve("home"));
      List<String> command =
          new ArrayList<>(
              List.of(
                  "nix",
                  "--extra-experimental-features",
                  "nix-command flakes",
                  "--option",
                  "netrc-file",
                  fresh.resolve("netrc").toString(),
                  "--option",
                  "flake-registry",
                  "/dev/null"));
      command.addAll(List.of(arguments));
      return Tools.nix(
          Map.of(
              "HOME", home.toString(),
              "NIX_STORE_DIR", home.resolve("store").toString(),
              "NIX_STATE_DIR", home.resolve("state").toString(),
              "NIX_LOG_DIR", home.resolve("log").toString()),
          command.toArray(String[]::new));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
