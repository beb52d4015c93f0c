package dev.palisade.release;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.palisade.account.Role;
import dev.palisade.testing.EvaluatedModule;
import dev.palisade.testing.Portal;
import dev.palisade.testing.Portal.RegisteredHost;
import dev.palisade.testing.Tools;
import dev.palisade.testing.Tools.Output;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real Nix fetches what was offered to a host, as the host's configuration would. */
@Tag("nix")
class NixFetchIT {

  private static final Pattern IMMUTABLE =
      Pattern.compile("<[^>]+(/nix/releases/[0-9a-f]{64}\\.tar\\.gz)\\?narHash=([^>]+)>.*");

  private static Portal portal;
  private static String profile;
  private static RegisteredHost host;
  private static RegisteredHost other;
  private static Pin pin;

  @TempDir private Path fresh;

  /** The address of a release that never changes, and its hash. */
  record Pin(String path, String narHash) {

    static Pin of(RegisteredHost host) {
      String link = portal.as(host).get(latest(host)).expect(200).header("Link");
      Matcher immutable = IMMUTABLE.matcher(link);
      assertThat(immutable.matches()).as(link).isTrue();
      return new Pin(
          immutable.group(1), URLDecoder.decode(immutable.group(2), StandardCharsets.UTF_8));
    }
  }

  @BeforeAll
  static void offerToTwoHosts() {
    Tools.requireNix();
    portal = Portal.running();
    profile = portal.approvedHomelabLan("nix-fetch");
    host = portal.host("nix-fetch");
    other = portal.host("nix-fetch");
    portal.rollOut(host, profile);
    portal.rollOut(other, profile);
    pin = Pin.of(host);
  }

  private static String latest(RegisteredHost host) {
    return "/nix/hosts/" + host.name() + "/latest.tar.gz";
  }

  @Test
  void theMovingAddressGivesTheModuleThatWasOffered() throws IOException {
    assertThat(module(fetch(latest(host), pin.narHash(), host))).isEqualTo(offered(host));
  }

  @Test
  void thePinnedAddressGivesTheModuleThatWasOffered() throws IOException {
    assertThat(module(fetch(pin.path(), pin.narHash(), host))).isEqualTo(offered(host));
  }

  @Test
  void hostsOfOneProfileShareOneRelease() throws IOException {
    assertThat(Pin.of(other)).isEqualTo(pin);
    assertThat(module(fetch(pin.path(), pin.narHash(), other))).isEqualTo(offered(host));
  }

  @Test
  void anotherHashIsRefused() throws IOException {
    String narHash = pin.narHash();
    char first = narHash.charAt("sha256-".length());
    String changed =
        "sha256-" + (first == 'A' ? 'B' : 'A') + narHash.substring("sha256-A".length());
    Output output = fetch(pin.path(), changed, host);
    assertThat(output.exit()).isNotZero();
    assertThat(output.err()).contains("hash mismatch in file downloaded");
  }

  @Test
  void anotherHostsTokenIsRefused() throws IOException {
    Output output = fetch(latest(host), pin.narHash(), other);
    assertThat(output.exit()).isNotZero();
    assertThat(output.err()).contains("HTTP error 403");
  }

  @Test
  void aTokenUnderAnotherNameIsRefused() throws IOException {
    Output output =
        fetch(latest(host), pin.narHash(), new RegisteredHost(host.name(), other.token()));
    assertThat(output.exit()).isNotZero();
    assertThat(output.err()).contains("HTTP error 401");
  }

  @Test
  void aReleaseThatWasNotOfferedIsNotThere() throws IOException {
    Output output = fetch(pin.path(), pin.narHash(), portal.host("nix-fetch-none"));
    assertThat(output.exit()).isNotZero();
    assertThat(output.err()).contains("HTTP error 404");
  }

  @Test
  void thePreviewParsesAndHoldsWhatWasApproved() throws IOException {
    String text =
        portal.as(Role.VIEWER).get(Portal.version(profile) + "/module.nix").expect(200).text();
    Path file = Files.writeString(fresh.resolve("module.nix"), text);
    assertThat(Tools.nix("nix-instantiate", "--parse", file.toString()).exit()).isZero();
    JsonNode module = EvaluatedModule.of(text);
    assertThat(module.at("/profile/declared").size()).isEqualTo(49);
    assertThat(module.at("/profile/release").isNull()).isTrue();
    assertThat(module.get("config")).isEqualTo(offered(host).get("config"));
  }

  private static JsonNode offered(RegisteredHost to) {
    return EvaluatedModule.of(
        portal
            .as(Role.VIEWER)
            .get("/api/v1/hosts/" + to.name() + "/module.nix")
            .expect(200)
            .text());
  }

  private static JsonNode module(Output output) throws JsonProcessingException {
    assertThat(output.exit()).as(output.err()).isZero();
    return new ObjectMapper().readTree(output.out());
  }

  /**
   * Evaluates what Nix fetches, with a store of its own: a store that has the hash already asks
   * nobody.
   */
  private Output fetch(String path, String narHash, RegisteredHost as) throws IOException {
    Path netrc =
        Files.writeString(
            fresh.resolve("netrc"),
            "machine 127.0.0.1 login " + as.name() + " password " + as.token() + "\n");
    String url = portal.anonymous().portal() + path;
    String expression =
        EvaluatedModule.expression(
            "import (builtins.fetchTarball { url = \"%s\"; sha256 = \"%s\"; })"
                .formatted(url, narHash));
    return Tools.nix(
        Map.of(
            "HOME", fresh.toString(),
            "NIX_STORE_DIR", fresh.resolve("store").toString(),
            "NIX_STATE_DIR", fresh.resolve("state").toString()),
        "nix-instantiate",
        "--eval",
        "--strict",
        "--json",
        "--option",
        "netrc-file",
        netrc.toString(),
        "-E",
        expression);
  }
}
