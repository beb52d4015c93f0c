package dev.palisade.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palisade.catalog.Catalog;
import dev.palisade.catalog.CatalogFiles;
import dev.palisade.catalog.MergeKind;
import dev.palisade.catalog.SettingKind;
import dev.palisade.catalog.SettingValue.Int;
import dev.palisade.catalog.SettingValue.Text;
import dev.palisade.catalog.ValueType;
import dev.palisade.profile.Advice.Weight;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdviceTest {

  private static final String GLOB = "net.ipv4.conf.*.rp_filter";

  private final Catalog catalog = CatalogFiles.shipped();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          net.ipv4.tcp_fack                    | 0   | No effect. Since Linux 4.15 nothing in the kernel reads this key.
          net.ipv4.conf.all.bootp_relay        | 0   | No effect. The kernel never implemented BOOTP relay
          net.ipv4.conf.default.mc_forwarding  | 0   | No effect. The key is read-only
          net.ipv6.conf.all.accept_redirects   | 0   | This IPv6 key is not combined with the interfaces
          net.ipv4.tcp_sack                    | 0   | Obsolete reason: the SACK flaws of 2019
          net.ipv4.tcp_timestamps              | 0   | Obsolete reason: since Linux 4.10
          net.ipv4.conf.all.accept_redirects   | 0   | Order trap: keys are applied in name order
          net.ipv4.conf.all.forwarding         | 0   | Others set it too: networking.nat.enable sets true (priority 99); virtualisation.docker.enable
          net.ipv4.conf.all.forwarding         | 0   | tailscale as a router (97)
          net.ipv4.conf.default.rp_filter      | 1   | Others set it too: systemd 50-default.conf sets 2
          net.ipv4.icmp_ratelimit              | 100 | Looser than the kernel default
          net.ipv4.icmp_ratelimit              | 500 | Weaker than the kernel’s own default, 1000
          net.ipv4.icmp_echo_ignore_all        | 1   | duplicate of networking.firewall.allowPing
          kernel.sysrq                         | 438 | Weaker than what systemd sets by itself, 16 sync
          kernel.kptr_restrict                 | 0   | Others set it too: sysctl.nix sets 1
          net.ipv4.tcp_syncookies              | 1   | Equals the kernel’s default.
          """)
  void theAuthorIsToldWhatTheCatalogKnows(String key, long value, String expected) {
    assertThat(texts(key, one(key, value))).anyMatch(text -> text.contains(expected));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          net.ipv4.icmp_ratelimit | 1000 | Weaker
          net.ipv4.icmp_ratelimit | 2000 | Weaker
          kernel.sysrq            | 0    | Weaker
          net.ipv4.tcp_syncookies | 2    | Equals
          net.ipv4.tcp_sack       | 1    | Obsolete
          net.ipv4.icmp_ratelimit | 1001 | Looser
          """)
  void nothingIsSaidThatDoesNotHold(String key, long value, String unwanted) {
    assertThat(texts(key, one(key, value))).noneMatch(text -> text.contains(unwanted));
  }

  @Test
  void aShadowedFilterIsOfferedTheKeyThatCuresIt() {
    for (String scope : List.of("all", "default")) {
      String key = "net.ipv4.conf." + scope + ".rp_filter";
      assertThat(advice(key, one(key, 1))).extracting(Advice::offers).contains(GLOB);
      VersionContent cured = one(key, 1).with(new ProfileSetting(GLOB, new Int(1)));
      assertThat(advice(key, cured)).extracting(Advice::offers).doesNotContain(GLOB);
      assertThat(advice(key, one(key, 2))).extracting(Advice::offers).doesNotContain(GLOB);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          net.ipv4.conf.all.rp_filter               | 1 | net.ipv4.conf.*.rp_filter                 | 2 | larger of the two
          net.ipv4.conf.*.rp_filter                 | 1 | net.ipv4.conf.all.rp_filter               | 2 | larger of the two
          net.ipv4.conf.default.rp_filter           | 1 | net.ipv4.conf.all.rp_filter               | 2 | larger of the two
          net.ipv4.conf.default.log_martians        | 0 | net.ipv4.conf.all.log_martians            | 1 | either of the two
          net.ipv4.conf.all.send_redirects          | 0 | net.ipv4.conf.default.send_redirects      | 1 | either of the two
          net.ipv4.conf.default.accept_source_route | 1 | net.ipv4.conf.all.accept_source_route     | 0 | both are on
          net.ipv4.conf.all.accept_redirects        | 0 | net.ipv4.conf.default.accept_redirects    | 1 | either of the two
          """)
  void aValueThatAnotherOneOutweighsContradictsIt(
      String key, long value, String other, long theirs, String why) {
    VersionContent both = one(key, value).with(new ProfileSetting(other, new Int(theirs)));
    assertThat(advice(key, both))
        .anySatisfy(
            a -> {
              assertThat(a.weight()).isEqualTo(Weight.GRAVE);
              assertThat(a.text()).contains("Outweighed by " + other + " = " + theirs, why);
            });
    assertThat(advice(other, both)).noneMatch(Advice::grave);
    assertThat(advice(key, one(key, value))).noneMatch(Advice::grave);
  }

  @Test
  void whereTheHostForwardsRedirectsNeedBoth() {
    String all = "net.ipv4.conf.all.accept_redirects";
    VersionContent both =
        one(all, 0).with(new ProfileSetting("net.ipv4.conf.default.accept_redirects", new Int(1)));
    VersionContent router =
        both.with(new ProfileSetting("net.ipv4.conf.all.forwarding", new Int(1)));
    assertThat(advice(all, both)).anyMatch(Advice::grave);
    assertThat(advice(all, router)).noneMatch(Advice::grave);
    assertThat(advice("net.ipv4.conf.default.accept_redirects", router)).anyMatch(Advice::grave);
  }

  @Test
  void twoNamesOfOneKeyWithTwoValuesContradictEachOther() {
    VersionContent both =
        one("net.ipv4.ip_forward", 1)
            .with(new ProfileSetting("net.ipv4.conf.all.forwarding", new Int(0)));
    for (ProfileSetting setting : both.settings()) {
      assertThat(advice(setting.key(), both)).anyMatch(Advice::grave);
    }
  }

  @Test
  void whatAnotherSettingMakesIdleIsTold() {
    String key = "net.core.bpf_jit_kallsyms";
    VersionContent idle =
        one(key, 1).with(new ProfileSetting("net.core.bpf_jit_harden", new Int(2)));
    assertThat(texts(key, idle)).anyMatch(t -> t.startsWith("No effect beside"));
    assertThat(texts(key, one(key, 1))).noneMatch(t -> t.startsWith("No effect beside"));
  }

  @Test
  void eachValueThatAParameterMayHaveIsLookedAt() {
    String key = "net.ipv4.tcp_sack";
    Parameter sack =
        new Parameter("sack", ParameterType.BOOLEAN, null, null, List.of(), null, null, null);
    Parameter choice =
        new Parameter(
            "sack",
            ParameterType.CHOICE,
            null,
            null,
            List.of(new Int(0), new Int(1)),
            null,
            null,
            null);
    VersionContent content =
        new VersionContent(List.of(new ProfileSetting(key, new Text("${sack}"))));
    assertThat(texts(key, content.withParameters(List.of(choice))))
        .anyMatch(t -> t.startsWith("Where sack is 0: Obsolete reason"));
    assertThat(texts(key, content.withParameters(List.of(sack))))
        .anyMatch(t -> t.startsWith("Where sack is false: Obsolete reason"));
  }

  @Test
  void ofASettingThatTheVersionDeclaresNothingIsKnown() {
    DeclaredType type =
        new DeclaredType(
            SettingKind.SYSCTL, ValueType.SWITCH, null, null, List.of(), null, MergeKind.SCALAR);
    ProfileSetting custom =
        new ProfileSetting("net.ipv4.conf.eth0.rp_filter", new Int(1), null, false, type);
    assertThat(Advice.whileEditing(custom, new VersionContent(List.of(custom)), catalog)).isEmpty();
  }

  private static VersionContent one(String key, long value) {
    return new VersionContent(List.of(new ProfileSetting(key, new Int(value))));
  }

  private List<Advice> advice(String key, VersionContent content) {
    return Advice.whileEditing(content.find(key).orElseThrow(), content, catalog);
  }

  private List<String> texts(String key, VersionContent content) {
    return advice(key, content).stream().map(Advice::text).toList();
  }
}
