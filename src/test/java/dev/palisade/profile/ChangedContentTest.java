package dev.palisade.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palisade.catalog.Catalog;
import dev.palisade.catalog.CatalogFiles;
import dev.palisade.catalog.MergeKind;
import dev.palisade.catalog.SettingKind;
import dev.palisade.catalog.SettingValue.Int;
import dev.palisade.catalog.ValueType;
import dev.palisade.core.Digest;
import dev.palisade.core.DomainException.Fault;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChangedContentTest {

  private static final Catalog CATALOG = CatalogFiles.shipped();
  private static final String COOKIES = "net.ipv4.tcp_syncookies";

  private static List<Fault> members(VersionContent from, VersionContent to) {
    return ChangedContent.members(VersionDiff.between(from, to, CATALOG), CATALOG);
  }

  private static VersionContent setting(ProfileSetting setting) {
    return VersionContent.EMPTY.with(setting);
  }

  private static ProfileSetting cookies(long value, String reason, boolean mandatory) {
    return new ProfileSetting(COOKIES, new Int(value), reason, mandatory);
  }

  @Test
  void namesEachSettingWithBothItsValues() {
    VersionContent one = setting(cookies(1, null, false));
    assertThat(members(one, setting(cookies(0, null, true))))
        .containsExactly(
            new Fault("/settings/" + COOKIES, "1 when the SYN queue overflows → 0 off, mandatory"));
    assertThat(members(VersionContent.EMPTY, one))
        .containsExactly(
            new Fault("/settings/" + COOKIES, "not set → 1 when the SYN queue overflows"));
    assertThat(members(one, VersionContent.EMPTY))
        .containsExactly(
            new Fault("/settings/" + COOKIES, "1 when the SYN queue overflows → not set"));
  }

  @Test
  void saysWhereOnlyStrengthOrReasonIsAnother() {
    VersionContent one = setting(cookies(1, "Floods", false));
    assertThat(members(one, setting(cookies(1, "Floods", true))))
        .extracting(Fault::detail)
        .containsExactly("not mandatory → mandatory");
    assertThat(members(one, setting(cookies(1, "Flooding", false))))
        .extracting(Fault::detail)
        .containsExactly("Only its reason is another.");
  }

  @Test
  void writesKeysAsPointersDo() {
    ProfileSetting odd =
        new ProfileSetting("net.ipv4.conf.eth0/100~x.rp_filter", new Int(1), null, false, type(2));
    assertThat(members(VersionContent.EMPTY, setting(odd)))
        .containsExactly(
            new Fault(
                "/settings/net.ipv4.conf.eth0~1100~0x.rp_filter",
                "not set → 1 (a whole number from 0 to 2)"));
  }

  @Test
  void tellsThatADeclarationIsWider() {
    ProfileSetting narrow = new ProfileSetting("net.my.thing", new Int(1), null, false, type(2));
    ProfileSetting wide = new ProfileSetting("net.my.thing", new Int(1), null, false, type(9));
    assertThat(members(setting(narrow), setting(wide)))
        .extracting(Fault::detail)
        .containsExactly("1 (a whole number from 0 to 2) → 1 (a whole number from 0 to 9)");
  }

  @Test
  void namesParametersAndWhatLiesUnder() {
    Parameter narrow = port(1024, null);
    VersionRef base = new VersionRef("base", 1, Digest.of("base"));
    assertThat(
            members(
                VersionContent.EMPTY.withParameters(List.of(narrow)),
                VersionContent.EMPTY.withParameters(List.of(port(1, new Int(22)))).over(base)))
        .containsExactly(
            new Fault(
                "/parameters/ssh",
                "a port from 1024 to 65535 → a port from 1 to 65535, by default 22"),
            new Fault("/extends", "nothing → base v1"));
    assertThat(members(VersionContent.EMPTY.over(base), VersionContent.EMPTY))
        .containsExactly(new Fault("/extends", "base v1 → nothing"));
  }

  private static Parameter port(long min, Int standard) {
    return new Parameter("ssh", ParameterType.PORT, min, 65_535L, List.of(), standard, null, null);
  }

  private static DeclaredType type(long max) {
    return new DeclaredType(
        SettingKind.SYSCTL, ValueType.INT, 0L, max, List.of(), null, MergeKind.SCALAR);
  }
}
