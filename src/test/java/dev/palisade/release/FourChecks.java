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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The four calls before which a release is checked, each by itself, with a manifest of two layers
 * and a waiver that passes all of them.
 */
final class FourChecks {

  static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  static final Digest CATALOG = CatalogFiles.shipped().version();
  private static final SigningKey KEY = SigningKey.fresh();
  private static final Host HOST =
      new Host("atlas", Map.of(), new Secret("atlas"), "operator", NOW);

  static final ProfileVersion BASE =
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
  static final ProfileVersion WEB =
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
  static final VersionContent EXTENDING =
      new VersionContent(List.of(new ProfileSetting("net.ipv4.tcp_sack", new Int(1))));
  static final List<ProfileVersion> LAYERS = List.of(BASE, WEB);
  static final String MANIFEST =
      ReleaseRecord.of(
              EffectiveProfile.of(LAYERS, Map.of(), Missing.REFUSED, CatalogFiles.shipped())
                  .waivedBy(Map.of("kernel.sysrq", Optional.of(new Int(1)))),
              CatalogFiles.shipped())
          .canonical();

  private final Path key;
  private final List<Object> kept = new ArrayList<>();

  /** Keeps the key that signs in a folder, as the portal does. */
  FourChecks(Path folder) throws IOException {
    key = Files.writeString(folder.resolve("key"), KEY.pem());
  }

  /** What was stored or signed. */
  List<Object> kept() {
    return kept;
  }

  void assertRefusedByAllFour(String change, String manifest, Digest catalog) {
    Release forged = row(manifest, catalog);
    kept.clear();
    assertTampered(() -> desk().store(LAYERS, forged), "");
    assertTampered(() -> signer().sign(offer(forged)), "");
    assertTampered(() -> delivery(forged).latest("atlas", Purpose.TAKE), "");
    assertThat(kept).as(change).isEmpty();
    assertThatThrownBy(() -> verify(forged)).as(change).isInstanceOf(BrokenProof.class);
  }

  static void assertTampered(Runnable act, String sentence) {
    assertThatThrownBy(act::run)
        .as(sentence)
        .isInstanceOfSatisfying(
            DomainException.class, e -> assertThat(e.problem()).isEqualTo(Problem.TAMPERED))
        .hasMessageContaining(sentence);
  }

  ReleaseDesk desk() {
    ReleaseDesk desk = Wiring.set(new ReleaseDesk(), "check", check(FourChecks::stored));
    return Wiring.set(desk, "releases", Wiring.fake(Releases.class, this::answered));
  }

  StatementDesk signer() {
    String before = System.getProperty(KeyFile.PROPERTY, "");
    System.setProperty(KeyFile.PROPERTY, key.toString());
    try {
      StatementDesk signer = Wiring.set(new StatementDesk(), "check", check(FourChecks::stored));
      Wiring.set(signer, "clock", Clock.fixed(NOW, ZoneOffset.UTC));
      return Wiring.set(signer, "statements", Wiring.fake(Statements.class, this::answered));
    } finally {
      System.setProperty(KeyFile.PROPERTY, before);
    }
  }

  DeliverRelease delivery(Release release) {
    CurrentActor actor = new CurrentActor();
    actor.become(new Actor(Actor.Kind.HOST, "atlas", "atlas", Set.of()));
    FetchScope scope = Wiring.set(new FetchScope(), "actor", actor);
    Wiring.set(scope, "hosts", Wiring.fake(Hosts.class, (name, arguments) -> Optional.of(HOST)));
    DeliverRelease delivery = Wiring.set(new DeliverRelease(), "check", check(FourChecks::stored));
    Wiring.set(delivery, "scope", scope);
    return Wiring.set(
        delivery,
        "releases",
        Wiring.fake(Releases.class, (name, arguments) -> Optional.of(offer(release))));
  }

  static Offer offer(Release release) {
    return new Offer(HOST, 1, release, 1, "operator", NOW);
  }

  private Object answered(String method, Object[] arguments) {
    if (method.equals("add")) {
      kept.add(arguments[0]);
    }
    return null;
  }

  interface Stored {
    Optional<ProfileVersion> version(String slug);
  }

  static Optional<ProfileVersion> stored(String slug) {
    return LAYERS.stream().filter(v -> v.getProfile().getSlug().equals(slug)).findFirst();
  }

  static ReleaseCheck check(Stored stored) {
    return Wiring.set(
        new ReleaseCheck(),
        "profiles",
        Wiring.fake(Profiles.class, (name, arguments) -> stored.version((String) arguments[0])));
  }

  /** A row as an attacker inserts it: rendered by the portal's own code as far as that goes. */
  static Release row(String manifest, Digest catalog) {
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

  /** Runs {@code verify-release} over a proof of a release, signed by the trusted key. */
  static void verify(Release release) throws BrokenProof {
    String manifest = release.canonicalRecord();
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
    ApprovedVersions said =
        new ApprovedVersions(digest, NOW, approved, List.of(waiver), release.getCatalogVersion());
    ProofBundle bundle =
        new ProofBundle(
            manifest,
            List.of(
                DesiredStatement.issued("atlas", digest, release.getNarHash(), 1, NOW)
                    .signedBy(KEY)),
            new ProofBundle.SignedApprovals(said, KEY.verifyingKey().id(), KEY.sign(said.text())),
            LAYERS.stream().map(version -> version.content().canonical()).toList(),
            new KeyRing(KEY.verifyingKey(), List.of()));
    ReleaseProof.verify(
        bundle.json().getBytes(StandardCharsets.UTF_8),
        new ReleaseProof.Trust(KEY.verifyingKey(), "atlas", false),
        NOW);
  }

  static String manifest(List<ProfileVersion> layers) {
    EffectiveProfile effective =
        EffectiveProfile.of(layers, Map.of(), Missing.REFUSED, CatalogFiles.shipped());
    return ReleaseRecord.of(effective, CatalogFiles.shipped()).canonical();
  }

  private static DeclaredType custom() {
    return new DeclaredType(
        SettingKind.SYSCTL, ValueType.INT, 0L, 9L, List.of(), null, MergeKind.SCALAR);
  }

  static ProfileVersion version(String slug, VersionContent content) {
    ProfileVersion version =
        new ProfileVersion(
            new Profile(slug, slug, "", ApprovalRule.USUAL, NOW), 1, content, "author", NOW);
    return Wiring.set(version, "state", VersionState.APPROVED);
  }
}
