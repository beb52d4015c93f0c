package dev.palisade.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palisade.catalog.Catalog;
import dev.palisade.catalog.CatalogFiles;
import dev.palisade.catalog.SettingValue;
import dev.palisade.core.DomainException;
import dev.palisade.profile.ApprovalRule;
import dev.palisade.profile.EffectiveProfile;
import dev.palisade.profile.EffectiveProfile.Missing;
import dev.palisade.profile.Profile;
import dev.palisade.profile.ProfileSetting;
import dev.palisade.profile.ProfileVersion;
import dev.palisade.profile.VersionContent;
import dev.palisade.profile.VersionRef;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReleaseRecordTest {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final String COOKIES = "net.ipv4.tcp_syncookies";
  private static final String QDISC = "net.core.default_qdisc";
  private static final String CONGESTION = "net.ipv4.tcp_congestion_control";

  private final Catalog catalog = CatalogFiles.shipped();

  private final ProfileVersion base =
      version("base", setting(COOKIES, new SettingValue.Int(0)), setting(QDISC, text("fq")));
  private final ProfileVersion web =
      version("web", setting(COOKIES, new SettingValue.Int(1)), setting(CONGESTION, text("bbr")));

  @Test
  void rendersAgainFromItsRecordByteForByte() {
    ReleaseRecord record = record(base, web);
    ReleaseRecord again = ReleaseRecord.read(record.canonical());
    assertThat(again).isEqualTo(record);
    assertThat(again.digest()).isEqualTo(record.digest());
    assertThat(again.module()).isEqualTo(record.module());
  }

  @Test
  void theLaterProfileDecidesAndIsNamed() {
    assertThat(decidedBy(List.of(base, web))).isEqualTo("web 1");
    assertThat(decidedBy(List.of(web, base))).isEqualTo("base 0");
  }

  private String decidedBy(List<ProfileVersion> versions) {
    return record(versions.toArray(ProfileVersion[]::new)).settings().stream()
        .filter(s -> s.setting().key().equals(COOKIES))
        .map(s -> s.profile() + " " + s.setting().value().display())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void namesEveryDigestThatPeopleApproved() {
    ReleaseRecord record = record(base, web);
    assertThat(record.profiles())
        .extracting(VersionRef::digest)
        .containsExactly(base.getDigest(), web.getDigest());
    assertThat(record.module())
        .contains(record.digest().hex(), base.getDigest().hex(), web.getDigest().hex(), "base v1");
  }

  @Test
  void equalVersionsGiveHostsOneReleaseAndAnyOtherGivesAnother() {
    Release one = release(List.of(base, web));
    Release same = release(List.of(base, web));
    assertThat(same.getDigest()).isEqualTo(one.getDigest());
    assertThat(same.getNarHash()).isEqualTo(one.getNarHash());
    assertThat(same.archive()).isEqualTo(one.archive());
    assertThat(release(List.of(web, base)).getDigest()).isNotEqualTo(one.getDigest());
    assertThat(release(List.of(base)).getDigest()).isNotEqualTo(one.getDigest());
  }

  @Test
  void derivesTheKernelModuleWithoutWhichAKeyDoesNotExist() {
    ProfileVersion conntrack =
        version(
            "conntrack", setting("net.netfilter.nf_conntrack_max", new SettingValue.Int(65_536)));
    assertThat(record(conntrack).kernelModules()).containsExactly("nf_conntrack");
    assertThat(record(base, web).kernelModules()).isEmpty();
  }

  @Test
  void carriesWhatRenderingNeedsAndTheCatalogKnows() {
    ProfileVersion several =
        version(
            "several",
            setting("slab_nomerge", new SettingValue.Bool(true)),
            setting(COOKIES, new SettingValue.Int(1)),
            setting("net.ipv4.conf.all.forwarding", new SettingValue.Int(0)));
    ReleaseRecord record = ReleaseRecord.read(record(several).canonical());
    assertThat(record.families()).containsExactly("IPv4 interfaces", "TCP", "Kernel parameters");
    assertThat(record.settings())
        .extracting(s -> s.setting().family() + " " + s.setting().aliases())
        .containsExactly("IPv4 interfaces [net.ipv4.ip_forward]", "TCP []", "Kernel parameters []");
  }

  @Test
  void aWaiverIsInTheRecordAndInTheModuleAndRendersAgain() {
    ReleaseRecord record =
        waived(Map.of(COOKIES, Optional.empty(), QDISC, Optional.of(text("cake"))));
    assertThat(record.settings())
        .extracting(s -> s.key() + " " + s.value().display())
        .containsExactly(QDISC + " cake");
    assertThat(record.module())
        .contains("# Waived: " + COOKIES + " is left alone; base asks for 0\n")
        .contains("# Waived: " + QDISC + " = cake; base asks for fq\n");
    ReleaseRecord again = ReleaseRecord.read(record.canonical());
    assertThat(again).isEqualTo(record);
    assertThat(again.module()).isEqualTo(record.module());
    assertThat(fault(again.canonical(), base)).isEmpty();
    assertThat(again.digest()).isNotEqualTo(record(base).digest());
  }

  @Test
  void aRecordThatHidesItsWaiverIsNotWhatWasApproved() {
    ReleaseRecord record = waived(Map.of(COOKIES, Optional.of(new SettingValue.Int(1))));
    String canonical = record.canonical();
    String hidden = canonical.substring(0, canonical.indexOf("\"waivers\":[")) + "\"waivers\":[]}";
    assertThat(fault(hidden, base)).isPresent();
    String other = canonical.replace("\"asked\":0", "\"asked\":2");
    assertThat(fault(other, base)).isPresent();
    assertThat(fault(canonical, base)).isEmpty();
  }

  @Test
  void aRecordOfOtherVersionsIsNotWhatComesOfThese() {
    ProfileVersion alike = version("alike", setting(COOKIES, new SettingValue.Int(0)));
    ProfileVersion over = version("over", setting(COOKIES, new SettingValue.Int(0)));
    assertThat(fault(record(alike, over).canonical(), alike, over)).isEmpty();
    assertThat(fault(record(over).canonical(), alike, over)).isPresent();
    assertThat(fault(record(alike, over).canonical(), over)).isPresent();
  }

  /** Hosts whose waivers come to the same share a release, whoever asked for them. */
  @Test
  void whatAWaiverDoesNotChangeStaysTheSameRelease() {
    assertThat(waived(Map.of("kernel.sysrq", Optional.empty())).canonical())
        .isEqualTo(record(base).canonical());
    assertThat(waived(Map.of(COOKIES, Optional.of(new SettingValue.Int(0)))).canonical())
        .isEqualTo(record(base).canonical());
  }

  private ReleaseRecord waived(Map<String, Optional<SettingValue>> waivers) {
    return ReleaseRecord.of(
        EffectiveProfile.of(List.of(base), Map.of(), Missing.REFUSED, catalog).waivedBy(waivers),
        catalog);
  }

  @Test
  void namesARendererThatThisPortalDoesNotHave() {
    ReleaseRecord ours = record(base);
    ReleaseRecord later =
        ReleaseRecord.read(ours.canonical().replace(ours.renderer(), "palisade.nix/99"));
    assertThatThrownBy(later::module)
        .isInstanceOf(DomainException.class)
        .hasMessageContaining("palisade.nix/99");
  }

  private Optional<String> fault(String manifest, ProfileVersion... layers) {
    return ManifestCheck.fault(manifest, catalog.version(), List.of(layers));
  }

  private ReleaseRecord record(ProfileVersion... layers) {
    return ReleaseRecord.of(
        EffectiveProfile.of(List.of(layers), Map.of(), Missing.REFUSED, catalog), catalog);
  }

  private Release release(List<ProfileVersion> versions) {
    return new Release(record(versions.toArray(ProfileVersion[]::new)), catalog.version(), NOW);
  }

  private static ProfileVersion version(String slug, ProfileSetting... settings) {
    return new ProfileVersion(
        new Profile(slug, slug, "", ApprovalRule.USUAL, NOW),
        1,
        new VersionContent(List.of(settings)),
        "author",
        NOW);
  }

  private static ProfileSetting setting(String key, SettingValue value) {
    return new ProfileSetting(key, value);
  }

  private static SettingValue text(String value) {
    return new SettingValue.Text(value);
  }
}
