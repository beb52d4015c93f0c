package dev.palisade.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palisade.account.Actor;
import dev.palisade.account.CurrentActor;
import dev.palisade.account.Secret;
import dev.palisade.catalog.CatalogFiles;
import dev.palisade.catalog.MergeKind;
import dev.palisade.catalog.SettingKind;
import dev.palisade.catalog.SettingValue.Bool;
import dev.palisade.catalog.SettingValue.Int;
import dev.palisade.catalog.SettingValue.Items;
import dev.palisade.catalog.SettingValue.Text;
import dev.palisade.catalog.ValueType;
import dev.palisade.chain.DesiredStatement;
import dev.palisade.chain.KeyFile;
import dev.palisade.chain.KeyRing;
import dev.palisade.chain.SigningKey;
import dev.palisade.core.Digest;
import dev.palisade.core.DomainException;
import dev.palisade.core.Problem;
import dev.palisade.fleet.FetchScope;
import dev.palisade.fleet.Host;
import dev.palisade.fleet.Hosts;
import dev.palisade.profile.ApprovalRule;
import dev.palisade.profile.DeclaredType;
import dev.palisade.profile.EffectiveProfile;
import dev.palisade.profile.EffectiveProfile.Missing;
import dev.palisade.profile.Parameter;
import dev.palisade.profile.ParameterType;
import dev.palisade.profile.Profile;
import dev.palisade.profile.ProfileSetting;
import dev.palisade.profile.ProfileVersion;
import dev.palisade.profile.Profiles;
import dev.palisade.profile.VersionContent;
import dev.palisade.profile.VersionRef;
import dev.palisade.profile.VersionState;
import dev.palisade.proof.BrokenProof;
import dev.palisade.proof.ReleaseProof;
import dev.palisade.release.ApprovedVersions.Approval;
import dev.palisade.release.ApprovedVersions.Approved;
import dev.palisade.release.application.DeliverRelease;
import dev.palisade.release.application.DeliverRelease.Purpose;
import dev.palisade.testing.Wiring;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A forged release is refused at storing, delivering and signing and in {@code verify-release},
 * whichever member of its manifest was changed. Each of the four is called by itself, so that a
 * test fails when any one of them no longer checks.
 */
class ManifestCheckTest {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final Digest CATALOG = CatalogFiles.shipped().version();
  private static final SigningKey KEY = SigningKey.fresh();
  private static final Host HOST =
      new Host("atlas", Map.of(), new Secret("atlas"), "operator", NOW);

  private static final ProfileVersion BASE =
      version(
          "base",
          new VersionContent(
              List.of(
                  new ProfileSetting("net.ipv4.tcp_syncookies", new Int(1), "Floods.", true),
                  new ProfileSetting("net.ipv4.conf.all.forwarding", new Int(0)),
                  new ProfileSetting("kernel.sysrq", new Int(0)),
                  new ProfileSetting("net.ipv4.tcp_sack", new Int(0)),
                  new ProfileSetting("slab_nomerge", new Bool(true)),
                  new ProfileSetting("net.netfilter.nf_conntrack_max", new Int(65_536)),
                  new ProfileSetting("net.example.custom", new Int(3), null, false, custom()))));
  private static final ProfileVersion WEB =
      version(
          "web",
          new VersionContent(
              List.of(
                  new ProfileSetting(
                      "networking.firewall.interfaces.${nic}.allowedTCPPorts",
                      new Items(List.of(new Int(22), new Int(443)))),
                  new ProfileSetting("net.ipv4.tcp_sack", new Int(1)),
                  new ProfileSetting("net.core.default_qdisc", new Text("fq"))),
              List.of(
                  new Parameter(
                      "nic",
                      ParameterType.INTERFACE,
                      null,
                      null,
                      List.of(),
                      new Text("eth0"),
                      null,
                      null)),
              null));
  private static final VersionContent EXTENDING =
      new VersionContent(List.of(new ProfileSetting("net.ipv4.tcp_sack", new Int(1))));
  private static final List<ProfileVersion> LAYERS = List.of(BASE, WEB);
  private static final String MANIFEST =
      ReleaseRecord.of(
              EffectiveProfile.of(LAYERS, Map.of(), Missing.REFUSED, CatalogFiles.shipped())
                  .waivedBy(Map.of("kernel.sysrq", Optional.of(new Int(1)))),
              CatalogFiles.shipped())
          .canonical();

  @TempDir private static Path folder;
  private static Path key;

  @BeforeAll
  static void writeKey() throws IOException {
    key = Files.writeString(folder.resolve("key"), KEY.pem());
  }

  private final List<Object> kept = new ArrayList<>();

  @Test
  void theManifestThatIsDerivedPassesAllFour() throws Exception {
    assertThat(ManifestCheck.fault(MANIFEST, CATALOG, LAYERS)).isEmpty();
    Release release = row(MANIFEST, CATALOG);
    assertThat(desk().store(LAYERS, release)).isSameAs(release);
    assertThat(kept).containsExactly(release);
    signer().sign(new Offer(HOST, 1, release, 1, "operator", NOW));
    assertThat(kept).hasSize(2);
    assertThat(delivery(release).latest("atlas", Purpose.LOOK)).isSameAs(release);
    verify(MANIFEST, CATALOG);
  }

  @Test
  void everyChangedMemberIsRefusedByAllFour() {
    Map<String, String> changes = ManifestChanges.of(MANIFEST);
    assertThat(changes).hasSizeGreaterThan(300);
    List<String> accepted = new ArrayList<>();
    for (Map.Entry<String, String> change : changes.entrySet()) {
      if (ManifestCheck.fault(change.getValue(), CATALOG, LAYERS).isEmpty()) {
        accepted.add(change.getKey());
      }
    }
    assertThat(accepted).isEmpty();
    for (Map.Entry<String, String> change : changes.entrySet()) {
      assertRefusedByAllFour(change.getKey(), change.getValue(), CATALOG);
    }
  }

  /** The digest of the self-made catalog is right; that the program does not ship it decides. */
  @Test
  void aCatalogThatIsNotShippedIsRefusedByAllFour() {
    Digest selfMade = Digest.of("{\"family\":\"Mine\",\"settings\":[]}\n");
    assertThat(ManifestCheck.fault(MANIFEST, selfMade, LAYERS).orElseThrow())
        .contains("It names the catalog " + selfMade.hex() + ", which this version");
    assertRefusedByAllFour("catalog", MANIFEST, selfMade);
    assertRefusedByAllFour(
        "empty", MANIFEST.replaceFirst("\"families\":\\[[^]]*]", "\"families\":[]"), selfMade);
  }

  @Test
  void aReleaseOfVersionsThatContradictIsRefused() {
    String waived = "\"net.ipv4.tcp_syncookies\"";
    int value = MANIFEST.lastIndexOf("\"value\":1");
    String other =
        (MANIFEST.substring(0, value) + "\"value\":0" + MANIFEST.substring(value + 9))
            .replace("\"kernel.sysrq\"", waived);
    assertThat(ManifestCheck.fault(other, CATALOG, LAYERS).orElseThrow())
        .startsWith("No release comes of the versions that it names: base v1 makes");
  }

  /** Who approves a version approves what it extends: it is not released without that. */
  @Test
  void aVersionWithoutWhatItExtendsIsRefused() {
    ProfileVersion top = version("top", EXTENDING.over(VersionRef.of(BASE)));
    assertThat(ManifestCheck.fault(manifest(List.of(BASE, top)), CATALOG, List.of(BASE, top)))
        .isEmpty();
    ProfileVersion otherBase = version("base", EXTENDING);
    for (List<ProfileVersion> layers :
        List.of(List.of(top), List.of(top, BASE), List.of(otherBase, top))) {
      assertThat(ManifestCheck.fault(manifest(layers), CATALOG, layers))
          .contains("top v1 extends base v1, which does not lie under it.");
    }
  }

  @Test
  void aProfileThatComesTwiceIsRefused() {
    List<ProfileVersion> twice = List.of(BASE, WEB, BASE);
    assertThat(ManifestCheck.fault(manifest(twice), CATALOG, twice))
        .contains("The profile base comes twice.");
  }

  @Test
  void aTextThatIsNotCanonicalIsNotRead() {
    assertThat(ManifestCheck.read(MANIFEST)).isPresent();
    assertThat(ManifestCheck.read(MANIFEST + " ")).isEmpty();
    assertThat(ManifestCheck.read("{}")).isEmpty();
  }

  @Test
  void aVersionThatNobodyApprovedIsRefused() {
    for (Optional<ProfileVersion> stored :
        List.of(
            Optional.<ProfileVersion>empty(),
            Optional.of(version("base", VersionContent.EMPTY)),
            Optional.of(
                Wiring.set(version("base", BASE.content()), "state", VersionState.IN_REVIEW)))) {
      ReleaseCheck check = check(ref -> ref.equals("base") ? stored : Optional.of(WEB));
      assertTampered(() -> check.requireProven(row(MANIFEST, CATALOG)), "was never approved");
    }
  }

  @Test
  void otherBytesThanItsManifestRendersToAreRefused() {
    for (String part : List.of("module", "narHash", "digest")) {
      Release release = Wiring.set(row(MANIFEST, CATALOG), part, Digest.of(part).hex());
      assertTampered(
          () -> check(ManifestCheckTest::stored).requireProven(release),
          "is not what its manifest renders to");
    }
    Release release = Wiring.set(row(MANIFEST, CATALOG), "archive", new byte[1]);
    assertTampered(() -> check(ManifestCheckTest::stored).requireProven(release), "renders to");
  }

  /** What was proven once is not derived again; the same manifest with another byte is. */
  @Test
  void whatWasProvenIsRememberedByAllItsBytes() {
    Map<String, Integer> asked = new HashMap<>();
    ReleaseCheck check =
        check(
            ref -> {
              asked.merge(ref, 1, Integer::sum);
              return stored(ref);
            });
    check.requireProven(row(MANIFEST, CATALOG));
    check.requireProven(row(MANIFEST, CATALOG));
    assertThat(asked).containsOnly(Map.entry("base", 1), Map.entry("web", 1));
    assertTampered(
        () -> check.requireProven(row(MANIFEST, Digest.of("other"))), "which this version");
    check(ref -> Optional.empty()).requireMadeOf(LAYERS, row(MANIFEST, CATALOG));
  }

  @Test
  void whatWasStoredIsNotDerivedAgainWhenItIsOffered() {
    ReleaseCheck check = check(ref -> Optional.empty());
    check.requireMadeOf(LAYERS, row(MANIFEST, CATALOG));
    check.requireProven(row(MANIFEST, CATALOG));
  }

  private void assertRefusedByAllFour(String change, String manifest, Digest catalog) {
    Release forged = row(manifest, catalog);
    kept.clear();
    assertTampered(() -> desk().store(LAYERS, forged), "");
    assertTampered(() -> signer().sign(new Offer(HOST, 1, forged, 1, "operator", NOW)), "");
    assertTampered(() -> delivery(forged).latest("atlas", Purpose.TAKE), "");
    assertThat(kept).as(change).isEmpty();
    assertThatThrownBy(() -> verify(manifest, catalog)).as(change).isInstanceOf(BrokenProof.class);
  }

  private static void assertTampered(Runnable act, String sentence) {
    assertThatThrownBy(act::run)
        .as(sentence)
        .isInstanceOfSatisfying(
            DomainException.class, e -> assertThat(e.problem()).isEqualTo(Problem.TAMPERED))
        .hasMessageContaining(sentence);
  }

  private ReleaseDesk desk() {
    ReleaseDesk desk = Wiring.set(new ReleaseDesk(), "check", check(ManifestCheckTest::stored));
    return Wiring.set(desk, "releases", Wiring.fake(Releases.class, this::answered));
  }

  private StatementDesk signer() {
    String before = System.getProperty(KeyFile.PROPERTY, "");
    System.setProperty(KeyFile.PROPERTY, key.toString());
    try {
      StatementDesk signer =
          Wiring.set(new StatementDesk(), "check", check(ManifestCheckTest::stored));
      Wiring.set(signer, "clock", Clock.fixed(NOW, ZoneOffset.UTC));
      return Wiring.set(signer, "statements", Wiring.fake(Statements.class, this::answered));
    } finally {
      System.setProperty(KeyFile.PROPERTY, before);
    }
  }

  private DeliverRelease delivery(Release release) {
    CurrentActor actor = new CurrentActor();
    actor.become(new Actor(Actor.Kind.HOST, "atlas", "atlas", Set.of()));
    FetchScope scope = Wiring.set(new FetchScope(), "actor", actor);
    Wiring.set(scope, "hosts", Wiring.fake(Hosts.class, (name, arguments) -> Optional.of(HOST)));
    DeliverRelease delivery =
        Wiring.set(new DeliverRelease(), "check", check(ManifestCheckTest::stored));
    Wiring.set(delivery, "scope", scope);
    Offer offer = new Offer(HOST, 1, release, 1, "operator", NOW);
    return Wiring.set(
        delivery, "releases", Wiring.fake(Releases.class, (name, arguments) -> Optional.of(offer)));
  }

  private Object answered(String method, Object[] arguments) {
    if (method.equals("add")) {
      kept.add(arguments[0]);
    }
    return null;
  }

  private interface Stored {
    Optional<ProfileVersion> version(String slug);
  }

  private static Optional<ProfileVersion> stored(String slug) {
    return LAYERS.stream().filter(v -> v.getProfile().getSlug().equals(slug)).findFirst();
  }

  private static ReleaseCheck check(Stored stored) {
    return Wiring.set(
        new ReleaseCheck(),
        "profiles",
        Wiring.fake(Profiles.class, (name, arguments) -> stored.version((String) arguments[0])));
  }

  /** A row as an attacker inserts it: rendered by the portal's own code as far as that goes. */
  private static Release row(String manifest, Digest catalog) {
    try {
      return new Release(ReleaseRecord.read(manifest), manifest, catalog, NOW);
    } catch (RuntimeException e) {
      Release row = new Release();
      Wiring.set(row, "canonicalRecord", manifest);
      Wiring.set(row, "digest", Digest.of(manifest).hex());
      Wiring.set(row, "module", "");
      Wiring.set(row, "narHash", "");
      Wiring.set(row, "archive", new byte[0]);
      return Wiring.set(row, "catalogVersion", catalog.hex());
    }
  }

  private static void verify(String manifest, Digest catalog) throws BrokenProof {
    Digest digest = Digest.of(manifest);
    List<Approved> approved = new ArrayList<>();
    for (ProfileVersion version : LAYERS) {
      approved.add(
          new Approved(
              VersionRef.of(version),
              List.of("author"),
              List.of(new Approval("approver", version.getDigest(), NOW, false, false))));
    }
    ApprovedWaiver waiver =
        new ApprovedWaiver(
            7,
            "kernel.sysrq",
            new Int(1),
            "The console needs it.",
            "operator",
            "approver",
            NOW,
            NOW.plusSeconds(60),
            false,
            List.of("atlas"));
    ApprovedVersions said = new ApprovedVersions(digest, NOW, approved, List.of(waiver), catalog);
    ProofBundle bundle =
        new ProofBundle(
            manifest,
            List.of(
                DesiredStatement.issued(
                        "atlas", digest, row(manifest, catalog).getNarHash(), 1, NOW)
                    .signedBy(KEY)),
            new ProofBundle.SignedApprovals(said, KEY.verifyingKey().id(), KEY.sign(said.text())),
            LAYERS.stream().map(version -> version.content().canonical()).toList(),
            new KeyRing(KEY.verifyingKey(), List.of()));
    ReleaseProof.verify(
        bundle.json().getBytes(StandardCharsets.UTF_8),
        new ReleaseProof.Trust(KEY.verifyingKey(), "atlas", false),
        NOW);
  }

  private static String manifest(List<ProfileVersion> layers) {
    EffectiveProfile effective =
        EffectiveProfile.of(layers, Map.of(), Missing.REFUSED, CatalogFiles.shipped());
    return ReleaseRecord.of(effective, CatalogFiles.shipped()).canonical();
  }

  private static DeclaredType custom() {
    return new DeclaredType(
        SettingKind.SYSCTL, ValueType.INT, 0L, 9L, List.of(), null, MergeKind.SCALAR);
  }

  private static ProfileVersion version(String slug, VersionContent content) {
    ProfileVersion version =
        new ProfileVersion(
            new Profile(slug, slug, "", ApprovalRule.USUAL, NOW), 1, content, "author", NOW);
    return Wiring.set(version, "state", VersionState.APPROVED);
  }
}
