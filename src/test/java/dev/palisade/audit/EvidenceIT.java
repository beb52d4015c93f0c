package dev.palisade.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palisade.account.Role;
import dev.palisade.testing.Caller;
import dev.palisade.testing.Caller.Answer;
import dev.palisade.testing.Portal;
import dev.palisade.testing.Portal.RegisteredHost;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Evidence as hosts send it, good and bad. */
@Tag("portal")
class EvidenceIT {

  private static final String REPORTS = "/agent/v1/reports";
  private static final String TEXT = "text/plain";
  private static final String JSON = "application/json";
  private static final int MEBIBYTE = 1024 * 1024;

  private static Portal portal;
  private static RegisteredHost host;

  @BeforeAll
  static void rollOut() {
    portal = Portal.running();
    host = portal.host("reporting");
    portal.rollOut(host, portal.approvedHomelabLan("evidence"));
  }

  /** A body that is not evidence, and how it is answered. */
  private record Bad(
      String name, String type, String encoding, ByteBuffer body, int status, String code) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Bad bad(
      String name, String type, String encoding, byte[] body, int status, String code) {
    return new Bad(name, type, encoding, ByteBuffer.wrap(body), status, code);
  }

  static List<Bad> badEvidence() {
    byte[] noise = new byte[100_000];
    new Random(1).nextBytes(noise);
    byte[] zipped = gzip(dump());
    String start = "{\"schema\":\"palisade.evidence/1\",\"id\":\"x\",\"sysctl\":";
    return List.of(
        bad("binary noise as text", TEXT, "", noise, 400, "bad-request"),
        bad("nothing", TEXT, "", new byte[0], 400, "bad-request"),
        bad("no line of a dump", TEXT, "", bytes("hello\nworld\n"), 400, "bad-request"),
        bad("more than 4 MiB", TEXT, "", new byte[4 * MEBIBYTE + 1], 413, "too-large"),
        bad(
            "more than 16 MiB once inflated",
            TEXT,
            "gzip",
            gzip(new byte[16 * MEBIBYTE + 1]),
            413,
            "too-large"),
        bad(
            "truncated gzip",
            TEXT,
            "gzip",
            Arrays.copyOf(zipped, zipped.length / 2),
            400,
            "bad-request"),
        bad("no gzip", TEXT, "gzip", dump(), 400, "bad-request"),
        bad("another encoding", TEXT, "br", dump(), 415, "unsupported-type"),
        bad("another type", "application/xml", "", dump(), 415, "unsupported-type"),
        bad("broken JSON", JSON, "", bytes(start + "{"), 400, "bad-request"),
        bad("deep JSON", JSON, "", bytes("[".repeat(100_000)), 400, "bad-request"),
        bad("a list", JSON, "", bytes("[]"), 400, "bad-request"),
        bad("no schema", JSON, "", bytes("{\"sysctl\":{}}"), 422, "not-valid"),
        bad(
            "another schema",
            JSON,
            "",
            bytes("{\"schema\":\"palisade.evidence/9\",\"sysctl\":{}}"),
            422,
            "not-valid"),
        bad("no sysctls", JSON, "", bytes(start + "[1]}"), 422, "not-valid"),
        bad("a value that is an object", JSON, "", bytes(start + "{\"a\":{}}}"), 422, "not-valid"),
        bad("a dump called JSON", JSON, "", dump(), 400, "bad-request"));
  }

  @ParameterizedTest
  @MethodSource("badEvidence")
  void isRefusedAndNothingIsStored(Bad bad) {
    int before = reports().size();
    Answer answer =
        bad.encoding().isEmpty()
            ? portal.as(host).post(REPORTS, bad.type(), bad.body().array())
            : portal
                .as(host)
                .post(REPORTS, bad.type(), bad.body().array(), "Content-Encoding", bad.encoding());
    assertThat(answer.status()).as(answer.toString()).isEqualTo(bad.status());
    assertThat(answer.code()).as(answer.toString()).isEqualTo(bad.code());
    assertThat(answer.json().get("detail").textValue()).isNotBlank();
    assertThat(reports()).hasSize(before);
  }

  @Test
  void theAnswerCountsWhatTheFindingsList() {
    JsonNode verdicts =
        portal.as(host).post(REPORTS, TEXT, dump()).expect(202).json().get("verdicts");
    Map<String, Long> listed = new TreeMap<>();
    for (JsonNode finding : findings()) {
      listed.merge(finding.get("verdict").textValue(), 1L, Long::sum);
      assertThat(finding.get("why").textValue()).isNotBlank();
    }
    Map<String, Long> answered = new TreeMap<>();
    verdicts.properties().forEach(v -> answered.put(v.getKey(), v.getValue().longValue()));
    assertThat(answered).isEqualTo(listed);
    assertThat(listed.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(49);
    assertThat(listed.get("unknown")).as("the firewall, of which a dump says nothing").isEqualTo(4);
    listed.forEach(
        (verdict, count) ->
            assertThat(
                    portal
                        .as(Role.VIEWER)
                        .get("/api/v1/findings?host=" + host.name() + "&verdict=" + verdict)
                        .expect(200)
                        .json()
                        .get("total")
                        .longValue())
                .isEqualTo(count));
  }

  @Test
  void theSameReportManyTimesAtOnceIsOneReport() {
    RegisteredHost busy = portal.host("busy");
    Caller agent = portal.as(busy);
    List<String> answers =
        IntStream.range(0, 20)
            .parallel()
            .mapToObj(i -> agent.post(REPORTS, TEXT, dump()).expect(202).text())
            .distinct()
            .toList();
    assertThat(answers).hasSize(1);
    assertThat(reports(busy)).hasSize(1);
  }

  @Test
  void gzipAndPlainAreTheSameReport() {
    RegisteredHost zipping = portal.host("zipping");
    Caller agent = portal.as(zipping);
    String plain = agent.post(REPORTS, TEXT, dump()).expect(202).text();
    String zipped =
        agent.post(REPORTS, TEXT, gzip(dump()), "Content-Encoding", "gzip").expect(202).text();
    assertThat(zipped).isEqualTo(plain);
  }

  @Test
  void secretsAreDroppedOnArrival() {
    RegisteredHost careless = portal.host("careless");
    byte[] dump =
        bytes(
            new String(dump(), StandardCharsets.UTF_8)
                + "net.ipv6.conf.all.stable_secret = 2001:db8::5ec2\n"
                + "net.ipv4.tcp_fastopen_key = 0123abcd-4567ef01-89abcdef-5ec2e75e\n");
    long id =
        portal.as(careless).post(REPORTS, TEXT, dump).expect(202).json().get("report").longValue();
    JsonNode report = portal.as(Role.AUDITOR).get("/api/v1/reports/" + id).expect(200).json();
    assertThat(report.get("evidence").textValue())
        .contains("net.ipv4.tcp_syncookies")
        .doesNotContain("5ec2");
    assertThat(report.get("droppedSecrets").intValue()).isGreaterThanOrEqualTo(2);
  }

  @Test
  void aHostSpeaksForItselfOnly() {
    RegisteredHost other = portal.host("other");
    portal.as(other).get("/nix/hosts/" + host.name() + "/latest.tar.gz").expect(403);
    Caller pretender = portal.anonymous().basic(host.name(), other.token());
    pretender.post(REPORTS, TEXT, dump()).expect(401);
    pretender.get("/nix/hosts/" + host.name() + "/latest.tar.gz").expect(401);
    int before = reports(host).size();
    portal.as(other).post(REPORTS, TEXT, dump()).expect(202);
    assertThat(reports(host)).hasSize(before);
  }

  @Test
  void aFormerTokenWorksForAWhileAndTheOneBeforeItDoesNot() {
    RegisteredHost turning = portal.host("turning");
    Caller operator = portal.as(Role.OPERATOR);
    String second = rotated(operator, turning);
    portal.as(turning).post(REPORTS, TEXT, dump()).expect(202);
    String third = rotated(operator, turning);
    portal.as(turning).post(REPORTS, TEXT, dump()).expect(401);
    portal.anonymous().bearer(second).post(REPORTS, TEXT, dump()).expect(202);
    portal.anonymous().bearer(third).post(REPORTS, TEXT, dump()).expect(202);
  }

  private static String rotated(Caller operator, RegisteredHost turning) {
    return operator
        .post("/api/v1/hosts/" + turning.name() + "/token")
        .expect(200)
        .json()
        .get("token")
        .textValue();
  }

  private static JsonNode findings() {
    return portal
        .as(Role.VIEWER)
        .get("/api/v1/findings?limit=1000&host=" + host.name())
        .expect(200)
        .json()
        .get("items");
  }

  private static JsonNode reports() {
    return reports(host);
  }

  private static JsonNode reports(RegisteredHost of) {
    return portal
        .as(Role.VIEWER)
        .get("/api/v1/hosts/" + of.name() + "/reports")
        .expect(200)
        .json()
        .get("items");
  }

  private static byte[] dump() {
    try (InputStream in =
        EvidenceIT.class.getResourceAsStream("/dev/palisade/demo/sysctl-a-linux-6.18.txt")) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
