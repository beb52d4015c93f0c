package dev.palisade.proof;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palisade.catalog.CatalogFiles;
import dev.palisade.catalog.SettingValue;
import dev.palisade.chain.DesiredStatement;
import dev.palisade.chain.KeyHandOver;
import dev.palisade.chain.KeyRing;
import dev.palisade.chain.SignedStatement;
import dev.palisade.chain.SigningKey;
import dev.palisade.core.Digest;
import dev.palisade.profile.ApprovalRule;
import dev.palisade.profile.EffectiveProfile;
import dev.palisade.profile.EffectiveProfile.Missing;
import dev.palisade.profile.Profile;
import dev.palisade.profile.ProfileSetting;
import dev.palisade.profile.ProfileVersion;
import dev.palisade.profile.VersionContent;
import dev.palisade.profile.VersionRef;
import dev.palisade.proof.ReleaseProof.Trust;
import dev.palisade.release.ApprovedVersions;
import dev.palisade.release.ApprovedVersions.Approval;
import dev.palisade.release.ApprovedVersions.Approved;
import dev.palisade.release.ApprovedWaiver;
import dev.palisade.release.ProofBundle;
import dev.palisade.release.ProofBundle.SignedApprovals;
import dev.palisade.release.Release;
import dev.palisade.release.ReleaseRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleaseProofTest {

  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
  private static final SigningKey KEY = SigningKey.fresh();
  private static final Digest CATALOG = CatalogFiles.shipped().version();
  private static final int SAMPLES = 500;

  private static final ProfileVersion VERSION =
      new ProfileVersion(
          new Profile("base", "base", "", ApprovalRule.USUAL, NOON),
          1,
          new VersionContent(
              List.of(
                  new ProfileSetting("net.ipv4.tcp_syncookies", new SettingValue.Int(1)),
                  new ProfileSetting("kernel.sysrq", new SettingValue.Int(0)))),
          "author",
          NOON);
  private static final ReleaseRecord RECORD =
      ReleaseRecord.of(
          EffectiveProfile.of(List.of(VERSION), Map.of(), Missing.REFUSED, CatalogFiles.shipped()),
          CatalogFiles.shipped());
  private static final Release RELEASE = new Release(RECORD, CATALOG, NOON);

  private final ProofBundle good = bundle(KEY, new KeyRing(KEY.verifyingKey(), List.of()));

  private static SignedStatement statement(SigningKey key, String narHash, Instant issued) {
    return DesiredStatement.issued("atlas", RECORD.digest(), narHash, 3, issued).signedBy(key);
  }

  private static SignedApprovals approvals(SigningKey key, Approved version) {
    ApprovedVersions said =
        new ApprovedVersions(RECORD.digest(), NOON, List.of(version), List.of(), CATALOG);
    return new SignedApprovals(said, key.verifyingKey().id(), key.sign(said.text()));
  }

  private static Approved approvedBy(String... people) {
    return new Approved(
        VersionRef.of(VERSION),
        List.of("author"),
        List.of(people).stream()
            .map(
                person ->
                    new Approval(person, VERSION.getDigest(), NOON, false, person.equals("author")))
            .toList());
  }

  private static ProofBundle bundle(SigningKey key, KeyRing ring) {
    return new ProofBundle(
        RECORD.canonical(),
        List.of(statement(key, RELEASE.getNarHash(), NOON)),
        approvals(key, approvedBy("approver")),
        List.of(VERSION.content().canonical()),
        ring);
  }

  private ProofBundle with(SignedStatement statement) {
    return new ProofBundle(
        good.record(), List.of(statement), good.approvals(), good.contents(), good.keys());
  }

  private ProofBundle with(Approved version) {
    return new ProofBundle(
        good.record(), good.statements(), approvals(KEY, version), good.contents(), good.keys());
  }

  private static ReleaseProof.Proven verify(ProofBundle bundle, Instant now) throws BrokenProof {
    return ReleaseProof.verify(bundle.json().getBytes(UTF_8), trust("atlas"), now);
  }

  private static Trust trust(String host) {
    return new Trust(KEY.verifyingKey(), host, false);
  }

  private static void assertBroken(ProofBundle bundle, String sentence) {
    assertThatThrownBy(() -> verify(bundle, NOON))
        .isInstanceOf(BrokenProof.class)
        .hasMessageContaining(sentence);
  }

  @Test
  void whatThePortalGivesOutIsProven() throws BrokenProof {
    ReleaseProof.Proven proven = verify(good, NOON);
    assertThat(proven.release().getModule()).isEqualTo(RELEASE.getModule());
    assertThat(proven.lines())
        .hasSize(6)
        .anyMatch(line -> line.contains("for atlas as number 3, until 2026-12-08T12:00:00Z"))
        .anyMatch(line -> line.contains("written by author and approved by approver"));
  }

  @Test
  void anyOtherByteOfTheFileIsFound() {
    byte[] file = good.json().getBytes(UTF_8);
    Random random = new Random(20261125);
    for (int i = 0; i < SAMPLES; i++) {
      byte[] flipped = file.clone();
      int at = random.nextInt(file.length);
      flipped[at] ^= (byte) (1 << random.nextInt(8));
      assertThatThrownBy(() -> ReleaseProof.verify(flipped, trust("atlas"), NOON))
          .as("byte %d", at)
          .isInstanceOf(BrokenProof.class);
    }
  }

  @Test
  void anyOtherByteOfTheStatementIsFound() {
    flipAll(good.statements().get(0).statement().text());
  }

  @Test
  void anyOtherByteOfTheRecordIsFound() {
    flipAll(good.record());
  }

  /** Changes each byte of a text that stands in the file. */
  private void flipAll(String text) {
    String escaped = text.replace("\\", "\\\\").replace("\"", "\\\"");
    byte[] file = good.json().getBytes(ISO_8859_1);
    int start = good.json().indexOf(escaped);
    assertThat(start).isPositive();
    for (int at = start; at < start + escaped.length(); at++) {
      byte[] flipped = file.clone();
      flipped[at] ^= 1;
      assertThatThrownBy(() -> ReleaseProof.verify(flipped, trust("atlas"), NOON))
          .as("byte %d", at)
          .isInstanceOf(BrokenProof.class);
    }
  }

  @Test
  void anyOtherByteOfTheModuleIsFound(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("default.nix");
    byte[] module = RELEASE.getModule().getBytes(UTF_8);
    ModuleProof.verify(Files.write(file, module), RELEASE);
    for (int at = 0; at < module.length; at++) {
      byte[] flipped = module.clone();
      flipped[at] ^= 1;
      Files.write(file, flipped);
      assertThatThrownBy(() -> ModuleProof.verify(file, RELEASE))
          .isInstanceOf(BrokenProof.class)
          .hasMessage("The module is not what the record renders to.");
    }
  }

  @Test
  void anArchiveAndWhatItUnpacksToAreComparedByTheirTree(@TempDir Path folder) throws Exception {
    Path archive = Files.write(folder.resolve("a.tar.gz"), RELEASE.archive());
    ModuleProof.verify(archive, RELEASE);
    assertThat(
            new ProcessBuilder("tar", "xzf", archive.toString())
                .directory(folder.toFile())
                .start()
                .waitFor())
        .isZero();
    Path top = folder.resolve("hardening");
    ModuleProof.verify(top, RELEASE);
    Files.writeString(top.resolve("more"), "");
    assertOtherTree(top);
    Files.delete(top.resolve("more"));
    Files.writeString(top.resolve("flake.nix"), "{ }\n");
    assertOtherTree(top);
    byte[] broken = RELEASE.archive();
    broken[broken.length / 2] ^= 1;
    Files.write(archive, broken);
    assertThatThrownBy(() -> ModuleProof.verify(archive, RELEASE)).isInstanceOf(BrokenProof.class);
  }

  private static void assertOtherTree(Path folder) {
    assertThatThrownBy(() -> ModuleProof.verify(folder, RELEASE))
        .isInstanceOf(BrokenProof.class)
        .hasMessageContaining("the record renders to " + RELEASE.getNarHash());
  }

  @Test
  void whatIsNotThereCannotBeRead(@TempDir Path folder) {
    assertThatThrownBy(() -> ModuleProof.verify(folder.resolve("none"), RELEASE))
        .isInstanceOf(IOException.class);
  }

  @Test
  void anExpiredStatementIsRefused() throws BrokenProof {
    Instant last = NOON.plus(DesiredStatement.LIFETIME).minusSeconds(1);
    verify(good, last);
    assertThatThrownBy(() -> verify(good, last.plusSeconds(1)))
        .hasMessageContaining("The statement for atlas expired 2026-12-08T12:00:00Z");
  }

  @Test
  void aStatementOfTheFutureIsRefused() {
    assertBroken(
        with(statement(KEY, RELEASE.getNarHash(), NOON.plus(Duration.ofHours(1)))),
        "was issued in the future");
  }

  @Test
  void aStatementForAnotherHostIsRefused() {
    byte[] file = good.json().getBytes(UTF_8);
    assertThatThrownBy(() -> ReleaseProof.verify(file, trust("edge"), NOON))
        .hasMessage("It holds no statement for edge.");
  }

  @Test
  void aStatementOfAnotherKeyIsRefused() {
    SigningKey other = SigningKey.fresh();
    assertBroken(
        with(statement(other, RELEASE.getNarHash(), NOON)),
        "to which the trusted " + KEY.verifyingKey().id() + " has not handed over");
    assertBroken(
        bundle(other, new KeyRing(other.verifyingKey(), List.of())), "has not handed over");
  }

  @Test
  void aStatementOfTheNextKeyIsTakenWhileTheOverlapLasts() throws BrokenProof {
    SigningKey next = SigningKey.fresh();
    ProofBundle rotated =
        bundle(next, new KeyRing(next.verifyingKey(), List.of(KeyHandOver.now(KEY, next, NOON))));
    verify(rotated, NOON);
  }

  @Test
  void aTreeThatTheRecordDoesNotRenderToIsRefused() {
    assertBroken(
        with(statement(KEY, "sha256-" + "A".repeat(43) + "=", NOON)), "renders to a tree with");
  }

  @Test
  void aVersionThatOnlyItsWriterApprovedIsRefusedUnlessThatIsMeant() throws BrokenProof {
    ProofBundle alone = with(approvedBy("author"));
    assertBroken(alone, "base v1 was approved by nobody but who wrote it; say --single-operator");
    ReleaseProof.Proven proven =
        ReleaseProof.verify(
            alone.json().getBytes(UTF_8), new Trust(KEY.verifyingKey(), "atlas", true), NOON);
    assertThat(proven.lines()).anyMatch(line -> line.endsWith(", who wrote it"));
    verify(with(approvedBy("approver", "author")), NOON);
  }

  @Test
  void aWriterIsNotShownAsAnother() {
    Approval hidden = new Approval("author", VERSION.getDigest(), NOON, false, false);
    assertBroken(
        with(new Approved(VersionRef.of(VERSION), List.of("author"), List.of(hidden))),
        "base v1 was approved by nobody but who wrote it");
  }

  @Test
  void anApprovalInAnEmergencyIsNamedAsOne() throws BrokenProof {
    Approval urgent = new Approval("approver", VERSION.getDigest(), NOON, true, false);
    assertThat(
            verify(
                    with(new Approved(VersionRef.of(VERSION), List.of("author"), List.of(urgent))),
                    NOON)
                .lines())
        .anyMatch(line -> line.endsWith(", in an emergency"));
  }

  @Test
  void aVersionThatNobodyApprovedIsRefused() {
    assertBroken(with(approvedBy()), "Nobody approved base v1.");
  }

  @Test
  void anApprovalOfAnotherContentIsRefused() {
    Approval other = new Approval("approver", Digest.of("another"), NOON, false, false);
    assertBroken(
        with(new Approved(VersionRef.of(VERSION), List.of("author"), List.of(other))),
        "approver approved another content of base v1");
  }

  private static ProofBundle waived(ApprovedWaiver... waivers) {
    ReleaseRecord record =
        ReleaseRecord.of(
            EffectiveProfile.of(List.of(VERSION), Map.of(), Missing.REFUSED, CatalogFiles.shipped())
                .waivedBy(Map.of("kernel.sysrq", Optional.of(new SettingValue.Int(1)))),
            CatalogFiles.shipped());
    Release release = new Release(record, CATALOG, NOON);
    ApprovedVersions said =
        new ApprovedVersions(
            record.digest(),
            NOON,
            List.of(approvedBy("approver")),
            List.of(waivers),
            CatalogFiles.shipped().version());
    return new ProofBundle(
        record.canonical(),
        List.of(
            DesiredStatement.issued("atlas", record.digest(), release.getNarHash(), 3, NOON)
                .signedBy(KEY)),
        new SignedApprovals(said, KEY.verifyingKey().id(), KEY.sign(said.text())),
        List.of(VERSION.content().canonical()),
        new KeyRing(KEY.verifyingKey(), List.of()));
  }

  private static ApprovedWaiver waiver(int value, String approver, String host) {
    return new ApprovedWaiver(
        7,
        "kernel.sysrq",
        new SettingValue.Int(value),
        "The console needs it.",
        "operator",
        approver,
        NOON,
        NOON.plusSeconds(3600),
        false,
        List.of(host));
  }

  @Test
  void aWaiverIsProvenWithWhoAskedForItAndWhoApprovedIt() throws BrokenProof {
    assertThat(verify(waived(waiver(1, "approver", "atlas")), NOON).lines())
        .contains(
            "kernel.sysrq = 1; base asks for 0, by waiver 7 for atlas until 2026-11-24T13:00:00Z,"
                + " asked for by operator and approved by approver 2026-11-24T12:00:00Z",
            "It was resolved by the catalog " + CatalogFiles.shipped().version(),
            "It says what these versions say with these waivers, and nothing else");
  }

  @Test
  void aRecordWithAWaiverThatNobodyElseApprovedForThisHostIsRefused() {
    String none = "No waiver of kernel.sysrq for atlas was approved";
    assertBroken(waived(), none);
    assertBroken(waived(waiver(2, "approver", "atlas")), none);
    assertBroken(waived(waiver(1, "approver", "boreas")), none);
    assertBroken(
        waived(waiver(1, "operator", "atlas")), "was approved by nobody but who asked for it");
  }

  /** A record may be signed, render, name approved versions, and say something else than they. */
  @Test
  void aRecordThatSaysMoreThanItsVersionsIsRefused() {
    ReleaseRecord more =
        new ReleaseRecord(
            RECORD.renderer(),
            RECORD.families(),
            RECORD.settings().subList(0, 1),
            RECORD.kernelModules(),
            RECORD.profiles(),
            RECORD.parameters(),
            List.of());
    Release release = new Release(more, CATALOG, NOON);
    SignedStatement signed =
        DesiredStatement.issued("atlas", more.digest(), release.getNarHash(), 3, NOON)
            .signedBy(KEY);
    ApprovedVersions said =
        new ApprovedVersions(
            more.digest(), NOON, List.of(approvedBy("approver")), List.of(), CATALOG);
    assertBroken(
        new ProofBundle(
            more.canonical(),
            List.of(signed),
            new SignedApprovals(said, KEY.verifyingKey().id(), KEY.sign(said.text())),
            good.contents(),
            good.keys()),
        "something else than the versions and waivers that it names");
  }
}
