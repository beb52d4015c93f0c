package dev.palisade.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palisade.account.Role;
import dev.palisade.testing.Browser;
import dev.palisade.testing.Browser.Window;
import dev.palisade.testing.Caller;
import dev.palisade.testing.Portal;
import dev.palisade.testing.Portal.RegisteredHost;
import dev.palisade.testing.Tools;
import dev.palisade.testing.Tools.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the pages offer for download is checked by the very commands that they print. */
@Tag("browser")
class DownloadsIT {

  @TempDir private Path files;

  private final Portal portal = Portal.running();
  private final Caller viewer = portal.as(Role.VIEWER);
  private RegisteredHost host;

  @BeforeEach
  void offersARelease() {
    Tools.requireChromium();
    Tools.requireNix();
    host = portal.host("downloads");
    portal.rollOut(host, portal.approved("downloads", Map.of("kernel.sysrq", 0)));
  }

  private Path download(String path, String name) throws IOException {
    return Files.write(files.resolve(name), viewer.get("/api/v1" + path).expect(200).body());
  }

  /** The first block of commands in the section of this id. */
  private String printed(String page, String section) {
    try (Browser browser = Browser.at(portal.address());
        Window window = browser.window()) {
      window.signIn(Role.OPERATOR.code(), "the password of operator");
      window.open(page);
      String commands =
          window.page().locator("section:has(#" + section + ") details pre").first().textContent();
      window.assertNoTrouble();
      return commands;
    }
  }

  private Output run(String commands) {
    return Tools.nix("bash", "-c", "cd " + files + "\n" + commands);
  }

  private static String promised(String commands) {
    return commands.replaceAll("(?s).*# prints (\\S+).*", "$1");
  }

  @Test
  void theFilesOfAHostAreWhatItsPageSays() throws IOException {
    String of = "/hosts/" + host.name();
    Path module = download(of + "/module.nix", "module.nix");
    download(of + "/module.tar.gz", "module.tar.gz");
    Path sysctls = download(of + "/sysctl.conf", "sysctl.conf");
    assertThat(sysctls)
        .content()
        .startsWith("# Palisade release ")
        .contains("\nkernel.sysrq = 0\n")
        .doesNotContain(host.name());
    String commands = printed("/fleet/detail?name=" + host.name(), "downloads");
    Output checked = run(commands);
    assertThat(checked.out())
        .as(checked.err())
        .contains("module.nix: OK", "module.tar.gz: OK", "sysctl.conf: OK", promised(commands));
    Files.writeString(module, Files.readString(module).replace("= 0", "= 1"));
    assertThat(run(commands).out()).contains("module.nix: FAILED");
  }

  @Test
  void theFleetOfADeliveryTokenIsWhatItsPageSaysAndWhatTheTokenFetches() throws IOException {
    Map<String, String> body =
        Map.of(
            "name",
            portal.name("downloads"),
            "selector",
            "name = " + host.name(),
            "expiresAt",
            Instant.now().plus(1, ChronoUnit.DAYS).toString());
    var issued = portal.as(Role.OPERATOR).post("/api/v1/delivery-tokens", body).expect(201).json();
    long id = issued.at("/deliveryToken/id").longValue();
    download("/delivery-tokens/" + id + "/fleet.tar.gz", "fleet.tar.gz");
    String commands = printed("/fleet/delivery?id=" + id, "fleet");
    Output checked = run(commands);
    assertThat(checked.out()).as(checked.err()).contains("fleet.tar.gz: OK", promised(commands));
    Caller builder = portal.anonymous().basic("ci", issued.get("token").textValue());
    assertThat(files.resolve("fleet.tar.gz"))
        .hasBinaryContent(builder.get("/nix/fleet.tar.gz").expect(200).body());
    String token = "/api/v1/delivery-tokens/" + id;
    portal.as(Role.OPERATOR).post(token + "/revoke").expect(200);
    builder.get("/nix/fleet.tar.gz").expect(401);
    viewer.get(token + "/fleet.tar.gz").expect(404);
  }

  @Test
  void aTokenWhoseHostsWereOfferedNothingHasNoFile() {
    Map<String, String> body =
        Map.of(
            "name",
            portal.name("downloads"),
            "selector",
            "name = nobody",
            "expiresAt",
            Instant.now().plus(1, ChronoUnit.DAYS).toString());
    long id =
        portal
            .as(Role.OPERATOR)
            .post("/api/v1/delivery-tokens", body)
            .expect(201)
            .json()
            .at("/deliveryToken/id")
            .longValue();
    viewer.get("/api/v1/delivery-tokens/" + id + "/fleet.tar.gz").expect(404);
  }
}
