package dev.palisade.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.palisade.agent.PortalDouble.Answer;
import dev.palisade.chain.SigningKey;
import dev.palisade.core.CanonicalJson;
import dev.palisade.testing.PortalProcess;
import dev.palisade.testing.Tools;
import dev.palisade.testing.Tools.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The updater with a made-up nixos-rebuild: two folders are the former and the new system, a link
 * says which one runs.
 */
@Tag("kernel")
class UpdateScriptTest {

  private static final String FORMER = "aa".repeat(32);
  private static final String NEW = "bb".repeat(32);
  private static final String NAR = "sha256-" + "A".repeat(43) + "=";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final SigningKey key = SigningKey.fresh();
  private final PortalDouble portal = new PortalDouble();

  @TempDir private Path folder;
  private AgentScripts scripts;

  @BeforeEach
  void twoSystems() throws IOException {
    scripts = new AgentScripts(folder);
    for (Map.Entry<String, String> system : Map.of("former", FORMER, "new", NEW).entrySet()) {
      scripts.program(
          system.getKey() + "/bin/switch-to-configuration",
          "echo \"%1$s $1\" >> %2$s/log\n[[ ! -e %2$s/netns ]] || ip link set lo up\nln -sfn %2$s/%1$s %2$s/current\n"
              .formatted(system.getKey(), folder));
      scripts.file(
          system.getKey() + "/profile.json", "{\"release\":\"" + system.getValue() + "\"}");
    }
    Files.createSymbolicLink(folder.resolve("current"), folder.resolve("former"));
    scripts.program("bin/nix-env", "echo \"nix-env $*\" >> " + folder + "/log\n");
    rebuild("ln -sfn %s/new %s/current".formatted(folder, folder));
    scripts.file("token", "ph_token\n");
    scripts.file("key.pem", key.verifyingKey().pem());
  }

  @AfterEach
  void stop() {
    portal.close();
  }

  @Test
  void takesWhatAPinnedKeySignedForThisHost() throws IOException {
    offer(statement(2, NEW));
    Output output = update();
    assertThat(output.exit()).as(output.err()).isZero();
    assertThat(output.out()).contains("Switching to release bbbbbbbbbbbb, number 2.", "Confirmed");
    assertThat(running()).isEqualTo("new");
    assertThat(state("accepted.json")).hasToString("{\"number\":2,\"release\":\"" + NEW + "\"}");
    assertThat(state("release.json").get("narHash").textValue()).isEqualTo(NAR);
    assertThat(log())
        .containsExactly(
            "rebuild "
                + portal.url()
                + "/nix/releases/"
                + NEW
                + ".tar.gz?narHash=sha256-"
                + "A".repeat(43)
                + "%3D");
    assertThat(folder.resolve("state/pending.json")).doesNotExist();
    assertThat(update().exit()).isZero();
    assertThat(log()).hasSize(1);
  }

  @Test
  void takesANewNumberOfWhatRunsWithoutARebuild() throws IOException {
    offer(statement(7, FORMER));
    assertThat(update().exit()).isZero();
    assertThat(state("accepted.json").get("number").intValue()).isEqualTo(7);
    assertThat(log()).isEmpty();
  }

  @Test
  void refusesWhatIsOlderExpiredForeignOrUnsigned() throws IOException {
    offer(statement(5, FORMER));
    assertThat(update().exit()).isZero();
    String good = statement(6, NEW);
    assertRefused("older than 5", signed(statement(4, NEW)));
    assertRefused("two statements with the number 5", signed(statement(5, NEW)));
    assertRefused("for another host", signed(good.replace("\"atlas\"", "\"atlas2\"")));
    assertRefused("expired", signed(statement(6, NEW, Instant.now().minus(Duration.ofDays(15)))));
    assertRefused("from the future", signed(statement(6, NEW, Instant.now().plusSeconds(900))));
    assertRefused("no pinned key", answer(good, SigningKey.fresh().sign(good)));
    assertRefused("no pinned key", answer(good.replace(NEW, "cc".repeat(32)), key.sign(good)));
    assertRefused("no pinned key", answer(good, ""));
    assertRefused("no statement", "{\"signature\":\"" + key.sign(good) + "\"}");
    assertRefused("no statement", "not JSON");
    assertRefused("is no statement", signed(good.replace("statement/1", "checkpoint/1")));
    assertRefused("is no statement", signed(good.replace(NEW, "../../etc")));
    assertRefused("is no statement", signed(good.replace("\"number\":6", "\"number\":\"6\"")));
  }

  private void assertRefused(String why, String body) throws IOException {
    portal.answers("/agent/v1/desired", new Answer(200, body));
    Output output = update();
    assertThat(output.exit()).as(why).isEqualTo(1);
    assertThat(output.err()).contains("Refused: ").contains(why);
    assertThat(running()).isEqualTo("former");
    assertThat(log()).isEmpty();
    assertThat(state("accepted.json").get("number").intValue()).isEqualTo(5);
  }

  @Test
  void aFlippedByteOfAStatementIsRefusedWhereverItIs() throws IOException {
    String good = statement(2, NEW);
    String signature = key.sign(good);
    for (int i = 0; i < good.length(); i += 29) {
      String flipped = good.substring(0, i) + (char) (good.charAt(i) ^ 1) + good.substring(i + 1);
      portal.answers("/agent/v1/desired", new Answer(200, answer(flipped, signature)));
      assertThat(update().err()).as("byte " + i).contains("no pinned key signed");
    }
    assertThat(log()).isEmpty();
  }

  @Test
  void followsAKeyToWhichThePinnedOneHandedOverUntilThatWordEnds() throws IOException {
    SigningKey next = SigningKey.fresh();
    String wish = statement(2, NEW);
    portal.answers("/agent/v1/desired", new Answer(200, answer(wish, next.sign(wish))));
    portal.answers("/nix/keys", keys(next, Instant.now().minusSeconds(1), key));
    assertThat(update().err()).contains("no pinned key signed");
    portal.answers("/nix/keys", keys(next, Instant.now().plusSeconds(900), next));
    assertThat(update().err()).contains("no pinned key signed");
    portal.answers("/nix/keys", keys(next, Instant.now().plusSeconds(900), key));
    Output output = update();
    assertThat(output.exit()).as(output.err()).isZero();
    assertThat(output.err()).contains("Pin that one before ");
    assertThat(running()).isEqualTo("new");
  }

  private Answer keys(SigningKey next, Instant until, SigningKey signer) throws IOException {
    Map<String, Object> word =
        new TreeMap<>(
            Map.of(
                "schema", "palisade.key-hand-over/1",
                "from", key.verifyingKey().id(),
                "fromKey", key.verifyingKey().pem(),
                "to", next.verifyingKey().id(),
                "toKey", next.verifyingKey().pem(),
                "until", until.truncatedTo(ChronoUnit.SECONDS).toString()));
    String text = CanonicalJson.of(MAPPER.valueToTree(word));
    return new Answer(
        200,
        MAPPER.writeValueAsString(
            Map.of("handOvers", List.of(Map.of("text", text, "signature", signer.sign(text))))));
  }

  @Test
  void goesBackWhenTheRebuildFails() throws IOException {
    rebuild("ln -sfn %s/new %s/current; exit 4".formatted(folder, folder));
    offer(statement(2, NEW));
    Output output = update();
    assertThat(output.exit()).isEqualTo(1);
    assertThat(running()).isEqualTo("former");
    assertThat(log()).contains("former switch");
    assertThat(state("rolled-back.json").get("reason").textValue())
        .isEqualTo("The rebuild ended with status 4.");
  }

  /** The switch takes the network away, as a wrong firewall would; the former system has it. */
  @Test
  void goesBackWhenTheNewSystemCutsTheNetworkAndSaysSo() throws IOException {
    Tools.require(namespaces(), "unshare -n gives no network namespace");
    offer(statement(1, FORMER));
    assertThat(update().exit()).isZero();
    Files.createFile(folder.resolve("netns"));
    rebuild("ln -sfn %s/new %s/current; ip link set lo down".formatted(folder, folder));
    offer(statement(2, NEW));
    int port = PortalProcess.freePort();
    scripts.program(
        "cut.sh",
        """
        ip link set lo up
        %s -cp %s dev.palisade.agent.Relay %d %s/relay &
        relay=$!
        until (exec 3<>/dev/tcp/127.0.0.1/%d) 2>/dev/null; do kill -0 $relay || exit 9; done
        bash %s/update.sh
        status=$?
        bash %s/collect.sh %s/evidence.json 2>/dev/null
        kill $relay
        exit $status
        """
            .formatted(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                Path.of("target/test-classes").toAbsolutePath(),
                port,
                folder,
                port,
                folder,
                folder,
                folder));
    Relay relay = Relay.fromFile(folder.resolve("relay"), portal.port());
    Output output =
        Tools.run(
            environment("http://127.0.0.1:" + port),
            "",
            "unshare",
            "-n",
            folder.resolve("cut.sh").toString());
    relay.close();
    assertThat(output.exit()).as(output.err()).isEqualTo(1);
    assertThat(output.err()).contains("The portal could not be reached within 0 minutes");
    assertThat(running()).isEqualTo("former");
    assertThat(log())
        .contains(
            "nix-env --profile " + folder + "/generations --set " + folder + "/former",
            "former switch");
    assertThat(state("accepted.json").get("number").intValue()).isEqualTo(2);
    assertThat(folder.resolve("state/pending.json")).doesNotExist();
    JsonNode evidence = MAPPER.readTree(Files.readAllBytes(folder.resolve("evidence.json")));
    assertThat(evidence.at("/rolledBack/number").intValue()).isEqualTo(2);
    assertThat(evidence.at("/rolledBack/reason").textValue()).contains("could not be reached");
    assertThat(update().exit()).as("the same wish is not tried again").isZero();
    assertThat(running()).isEqualTo("former");
    offer(statement(3, FORMER));
    assertThat(update().exit()).isZero();
    assertThat(folder.resolve("state/rolled-back.json")).doesNotExist();
  }

  @Test
  void goesOnAfterARebootWithinTheWindow() throws IOException {
    pending();
    portal.answers("/agent/v1/desired", new Answer(204, ""));
    Output output = update();
    assertThat(output.exit()).as(output.err()).isZero();
    assertThat(running()).isEqualTo("new");
    assertThat(state("accepted.json").get("number").intValue()).isEqualTo(2);
    pending();
    portal.answers("/agent/v1/desired", new Answer(500, ""));
    assertThat(update().exit()).isEqualTo(1);
    assertThat(running()).isEqualTo("former");
  }

  private void pending() throws IOException {
    Files.createDirectories(folder.resolve("state"));
    Files.delete(folder.resolve("current"));
    Files.createSymbolicLink(folder.resolve("current"), folder.resolve("new"));
    Files.writeString(
        folder.resolve("state/pending.json"),
        MAPPER.writeValueAsString(
            Map.of("number", 2, "release", NEW, "former", folder + "/former")));
  }

  @Test
  void aRebuildThatWasKilledIsTriedAgain() throws IOException {
    pending();
    Files.delete(folder.resolve("current"));
    Files.createSymbolicLink(folder.resolve("current"), folder.resolve("former"));
    offer(statement(2, NEW));
    assertThat(update().exit()).isZero();
    assertThat(running()).isEqualTo("new");
  }

  private static boolean namespaces() {
    return AgentScripts.isRoot()
        && Tools.run(Map.of(), "", "unshare", "-n", "ip", "link", "set", "lo", "up").exit() == 0;
  }

  private void rebuild(String script) throws IOException {
    scripts.program(
        "bin/nixos-rebuild",
        "echo \"rebuild $PALISADE_RELEASE_URL\" >> " + folder + "/log\n" + script + "\n");
  }

  private void offer(String statement) throws IOException {
    portal.answers("/agent/v1/desired", new Answer(200, signed(statement)));
  }

  private String signed(String statement) throws IOException {
    return answer(statement, key.sign(statement));
  }

  private String answer(String statement, String signature) throws IOException {
    return MAPPER.writeValueAsString(
        Map.of("statement", statement, "signature", signature, "keyId", key.verifyingKey().id()));
  }

  private static String statement(int number, String release) {
    return statement(number, release, Instant.now());
  }

  private static String statement(int number, String release, Instant issued) {
    Instant at = issued.truncatedTo(ChronoUnit.SECONDS);
    return CanonicalJson.of(
        MAPPER.valueToTree(
            Map.of(
                "schema",
                "palisade.statement/1",
                "host",
                "atlas",
                "release",
                release,
                "narHash",
                NAR,
                "number",
                number,
                "issuedAt",
                at.toString(),
                "expiresAt",
                at.plus(Duration.ofDays(14)).toString())));
  }

  private Output update() {
    return scripts.run(environment(portal.url()), "update.sh");
  }

  private Map<String, String> environment(String url) {
    return new TreeMap<>(
        Map.ofEntries(
            Map.entry("PATH", folder + "/bin:" + System.getenv("PATH") + ":/usr/sbin:/sbin"),
            Map.entry("PALISADE_URL", url),
            Map.entry("PALISADE_HOST", "atlas"),
            Map.entry("PALISADE_HOST_KEY", ""),
            Map.entry("PALISADE_STATE", folder + "/state"),
            Map.entry("PALISADE_TOKEN_FILE", folder + "/token"),
            Map.entry("PALISADE_PUBLIC_KEYS", folder + "/key.pem"),
            Map.entry("PALISADE_CONFIRM_MINUTES", "0"),
            Map.entry("PALISADE_SYSTEM", folder + "/current"),
            Map.entry("PALISADE_GENERATIONS", folder + "/generations"),
            Map.entry("PALISADE_PROFILE", folder + "/current/profile.json")));
  }

  private String running() throws IOException {
    return folder.resolve("current").toRealPath().getFileName().toString();
  }

  private JsonNode state(String name) throws IOException {
    return MAPPER.readTree(Files.readAllBytes(folder.resolve("state").resolve(name)));
  }

  private List<String> log() throws IOException {
    Path log = folder.resolve("log");
    return Files.exists(log) ? Files.readAllLines(log) : List.of();
  }
}
