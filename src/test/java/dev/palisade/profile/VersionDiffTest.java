package dev.palisade.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.palisade.catalog.Catalog;
import dev.palisade.catalog.CatalogFiles;
import dev.palisade.catalog.Direction;
import dev.palisade.catalog.MergeKind;
import dev.palisade.catalog.Setting;
import dev.palisade.catalog.SettingKind;
import dev.palisade.catalog.SettingValue;
import dev.palisade.catalog.ValueType;
import dev.palisade.core.Digest;
import dev.palisade.profile.VersionDiff.Change;
import dev.palisade.profile.VersionDiff.Kind;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionDiffTest {

  private static final Catalog CATALOG = CatalogFiles.shipped();

  private static VersionContent content(ProfileSetting... settings) {
    return new VersionContent(List.of(settings));
  }

  private static ProfileSetting set(String key, String json) throws Exception {
    return new ProfileSetting(
        key, SettingValue.fromJson(new ObjectMapper().readTree(json), "/value"));
  }

  private static VersionDiff diff(VersionContent from, VersionContent to) {
    return VersionDiff.between(from, to, CATALOG);
  }

  private static Change only(VersionDiff diff) {
    assertThat(diff.changes()).hasSize(1);
    return diff.changes().get(0);
  }

  @ParameterizedTest(name = "{0}: {1} to {2}")
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "net.ipv4.icmp_echo_ignore_all | 1 | 0 | changed | weaker | 0 off is weaker than 1 on; the risk with 0 off: the host answers ping",
        "net.ipv4.conf.all.rp_filter | 2 | 1 | changed | stronger | 1 strict is stronger than 2 loose; the risk with 2 loose: packets with forged senders",
        "net.ipv4.conf.all.rp_filter | 2 | 1 | changed | stronger | real interfaces stay loose",
        "net.ipv4.conf.all.rp_filter | 0 | 2 | changed | unknown | the greater of all",
        "net.ipv4.conf.*.rp_filter | - | 1 | added | stronger | 1 strict is stronger than the systemd default of 2 loose",
        "net.ipv4.tcp_fack | 0 | - | removed | neutral | Since Linux 4.15",
        "net.ipv4.tcp_syncookies | 1 | - | removed | neutral | The kernel default of 1 when the SYN queue overflows is the same, but a running value stays until reboot.",
        "net.ipv4.conf.all.log_martians | 1 | - | removed | weaker | The kernel default of 0 off is weaker than 1 on; the risk with 0 off: forged senders and wrong routes leave no trace in the log. A running value stays until reboot.",
        "net.ipv4.conf.all.log_martians | - | 1 | added | stronger | 1 on is stronger than the kernel default of 0 off",
        "net.ipv4.icmp_ratelimit | - | 100 | added | weaker | Looser than the kernel default",
        "net.ipv4.conf.all.accept_source_route | - | 0 | added | neutral | The kernel default of 0 off is the same.",
        "kernel.dmesg_restrict | - | 1 | added | unknown | CONFIG_SECURITY_DMESG_RESTRICT",
        "fs.protected_fifos | 2 | - | removed | unknown | newer NixOS releases 2. A running value stays",
        "net.core.default_qdisc | \"cake\" | \"fq\" | changed | neutral | Tuning",
        "net.core.rmem_max | - | 4194304 | added | neutral | Tuning",
        "net.ipv4.tcp_timestamps | 1 | 0 | changed | neutral | are equally strict. Obsolete reason",
        "networking.firewall.enable | true | - | removed | neutral | The NixOS default of true is the same.",
        "networking.firewall.enable | false | - | removed | stronger | every socket that listens",
        "networking.firewall.allowedTCPPorts | [53, 80] | [80] | changed | stronger | Takes away 53, which is stronger; the risk of the weaker list: each TCP port that is open",
        "networking.firewall.allowedTCPPorts | - | [22] | added | weaker | Adds 22, which is weaker",
        "networking.firewall.allowedTCPPorts | [22] | [2222] | changed | unknown | Adds 2222 and takes away 22: neither",
        "services.openssh.settings.PermitRootLogin | \"no\" | - | removed | weaker | The NixOS default of prohibit-password is weaker than no",
        "dccp | - | true | added | stronger | Stronger than leaving it out",
        "dccp | true | - | removed | weaker | Weaker than keeping it",
        "lockdown | - | \"integrity\" | added | stronger | an attacker with root can change the kernel",
        "services.openssh.settings.Ciphers | [\"a\"] | [\"b\"] | changed | unknown | has no order",
        "kernel.sysrq | 4 | 16 | changed | unknown | does not rank 16 sync against 4 keyboard",
        "net.ipv6.conf.all.accept_ra | 1 | 0 | changed | neutral | only each interface’s own value counts",
        "no.such.key | 1 | 2 | changed | unknown | does not know this setting",
      })
  void aChangeSaysItsDirectionAndWhy(
      String key, String from, String to, String kind, String direction, String why)
      throws Exception {
    VersionContent before = from == null ? VersionContent.EMPTY : content(set(key, from));
    VersionContent after = to == null ? VersionContent.EMPTY : content(set(key, to));
    Change change = only(diff(before, after));
    assertThat(change.kind().code()).isEqualTo(kind);
    assertThat(change.direction()).isEqualTo(Direction.valueOf(direction.toUpperCase(Locale.ROOT)));
    assertThat(change.why()).contains(why).endsWith(".");
  }

  @ParameterizedTest
  @CsvSource({
    "1, false, 1, true, STRENGTH, STRONGER",
    "1, true, 1, false, STRENGTH, WEAKER",
    "0, false, 1, true, CHANGED, STRONGER",
    "0, true, 1, false, CHANGED, UNKNOWN",
    "1, false, 0, true, CHANGED, WEAKER",
    "1, true, 0, false, CHANGED, WEAKER",
  })
  void beingMandatoryCounts(
      long from, boolean wasMandatory, long to, boolean mandatory, Kind kind, Direction direction) {
    String key = "net.ipv4.conf.all.log_martians";
    Change change =
        only(
            diff(
                content(new ProfileSetting(key, new SettingValue.Int(from), null, wasMandatory)),
                content(new ProfileSetting(key, new SettingValue.Int(to), null, mandatory))));
    assertThat(change.kind()).isEqualTo(kind);
    assertThat(change.direction()).isEqualTo(direction);
    assertThat(change.why()).contains("mandatory");
  }

  @Test
  void anotherReasonIsAChangeWithoutDirection() {
    SettingValue one = new SettingValue.Int(1);
    Change change =
        only(
            diff(
                content(new ProfileSetting("kernel.sysrq", one, "old", false)),
                content(new ProfileSetting("kernel.sysrq", one, "new", false))));
    assertThat(change.kind()).isEqualTo(Kind.REASON);
    assertThat(change.direction()).isEqualTo(Direction.NEUTRAL);
  }

  @Test
  void whatAnotherSettingIdlesIsNeutral() throws Exception {
    ProfileSetting hardened = set("net.core.bpf_jit_harden", "2");
    Change idle =
        only(
            diff(
                content(hardened, set("net.core.bpf_jit_kallsyms", "0")),
                content(hardened, set("net.core.bpf_jit_kallsyms", "1"))));
    assertThat(idle.direction()).isEqualTo(Direction.NEUTRAL);
    Change awake =
        only(
            diff(
                content(set("net.core.bpf_jit_kallsyms", "0")),
                content(set("net.core.bpf_jit_kallsyms", "1"))));
    assertThat(awake.direction()).isEqualTo(Direction.WEAKER);
  }

  @Test
  void weakerComesFirst() throws Exception {
    VersionDiff diff =
        diff(
            content(
                set("net.core.rmem_max", "4194304"),
                set("net.ipv4.icmp_echo_ignore_all", "1"),
                set("kernel.kptr_restrict", "1"),
                set("services.openssh.settings.Macs", "[\"a\"]")),
            content(
                set("net.core.rmem_max", "8388608"),
                set("net.ipv4.icmp_echo_ignore_all", "0"),
                set("kernel.kptr_restrict", "2"),
                set("services.openssh.settings.Macs", "[\"b\"]")));
    assertThat(diff.changes())
        .extracting(Change::direction)
        .containsExactly(
            Direction.WEAKER, Direction.STRONGER, Direction.NEUTRAL, Direction.UNKNOWN);
    assertThat(diff.count(Direction.WEAKER)).isEqualTo(1);
    assertThat(diff.summary()).isEqualTo("1 setting gets weaker, 1 stronger");
    assertThat(diff.rest()).isEqualTo("1 neutral, 1 unknown");
  }

  @Test
  void theSummaryCountsWhatMatters() throws Exception {
    VersionContent one = content(set("net.core.rmem_max", "4194304"));
    assertThat(diff(one, one).summary()).isEqualTo("Nothing changes");
    assertThat(diff(VersionContent.EMPTY, one).summary())
        .isEqualTo("No setting gets weaker, none stronger");
    VersionContent blocked = content(set("dccp", "true"), set("sctp", "true"));
    assertThat(diff(blocked, VersionContent.EMPTY).summary())
        .isEqualTo("2 settings get weaker, none stronger");
  }

  @Test
  void doesNotApplyToOtherContentThanItStartsFrom() throws Exception {
    VersionContent one = content(set("kernel.sysrq", "1"));
    VersionDiff diff = diff(one, content(set("kernel.sysrq", "0")));
    assertThatThrownBy(() -> diff.applyTo(VersionContent.EMPTY))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("kernel.sysrq");
    assertThatThrownBy(() -> diff(VersionContent.EMPTY, one).applyTo(one))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Property(tries = 500)
  void appliedToTheFirstItGivesTheSecond(
      @ForAll("contents") VersionContent from, @ForAll("contents") VersionContent to) {
    VersionDiff diff = diff(from, to);
    assertThat(diff.applyTo(from)).isEqualTo(to);
    assertThat(diff.applyTo(from).digest()).isEqualTo(to.digest());
    assertThat(diff.isEmpty()).isEqualTo(from.digest().equals(to.digest()));
    assertThat(diff.parameters()).allSatisfy(c -> assertThat(c.why()).endsWith("."));
    assertThat(diff.changes()).allSatisfy(c -> assertThat(c.why()).endsWith("."));
  }

  @Property(tries = 200)
  void nothingChangesFromAContentToItself(@ForAll("contents") VersionContent content) {
    assertThat(diff(content, content).isEmpty()).isTrue();
  }

  /** A change of one value, read backwards, never goes the same way. */
  @Property(tries = 500)
  void backwardsItNeverGoesTheSameWay(
      @ForAll("contents") VersionContent from, @ForAll("contents") VersionContent to) {
    for (Change change : diff(from, to).changes()) {
      Change back =
          diff(to, from).changes().stream()
              .filter(c -> c.key().equals(change.key()))
              .findFirst()
              .orElseThrow();
      if (change.direction() == Direction.WEAKER || change.direction() == Direction.STRONGER) {
        assertThat(back.direction()).isNotEqualTo(change.direction());
      }
    }
  }

  @Provide
  Arbitrary<VersionContent> contents() {
    return Combinators.combine(
            Arbitraries.oneOf(settings(), declared())
                .list()
                .ofMaxSize(15)
                .uniqueElements(ProfileSetting::key),
            parameters().list().ofMaxSize(3).uniqueElements(Parameter::name),
            Arbitraries.of(
                    new VersionRef("base", 1, Digest.of("1")),
                    new VersionRef("base", 2, Digest.of("2")))
                .injectNull(0.5))
        .as(VersionContent::new);
  }

  private static Arbitrary<ProfileSetting> declared() {
    return Combinators.combine(
            Arbitraries.of("net.x.y", "kernel.z"),
            Arbitraries.longs().between(0, 3),
            Arbitraries.longs().between(3, 5))
        .as(
            (key, value, max) ->
                new ProfileSetting(
                    key,
                    new SettingValue.Int(value),
                    null,
                    false,
                    new DeclaredType(
                        SettingKind.SYSCTL,
                        ValueType.INT,
                        0L,
                        max,
                        List.of(),
                        null,
                        MergeKind.SCALAR)));
  }

  private static Arbitrary<Parameter> parameters() {
    return Combinators.combine(
            Arbitraries.of("lan", "mgmt", "ssh"),
            Arbitraries.longs().between(1, 3),
            Arbitraries.longs().between(3, 5),
            Arbitraries.longs().between(3, 3).injectNull(0.5),
            Arbitraries.of("a", "b").injectNull(0.5))
        .as(
            (name, min, max, standard, description) ->
                new Parameter(
                    name,
                    ParameterType.PORT,
                    min,
                    max,
                    List.of(),
                    standard == null ? null : new SettingValue.Int(standard),
                    null,
                    description));
  }

  @ParameterizedTest(name = "{0}-{1} default {2} to {3}-{4} default {5}")
  @CsvSource(
      nullValues = "-",
      value = {
        "1, 9, -, 1, 99, -, WEAKER, More is left to operators: a port from 1 to 99 instead",
        "1, 9, -, 2, 9, -, STRONGER, Less is left",
        "1, 9, -, 2, 10, -, UNKNOWN, Something else is left",
        "1, 9, 3, 1, 9, 4, UNKNOWN, get 4 by the next rollout",
        "1, 9, 3, 1, 9, -, UNKNOWN, is refused by the next rollout",
      })
  void aParameterSaysHowMuchIsLeftToOperators(
      long min,
      long max,
      Long standard,
      long nextMin,
      long nextMax,
      Long nextStandard,
      Direction direction,
      String why) {
    ParameterChange change =
        diff(left(min, max, standard), left(nextMin, nextMax, nextStandard)).parameters().get(0);
    assertThat(change.direction()).isEqualTo(direction);
    assertThat(change.why()).contains(why);
  }

  private static VersionContent left(long min, long max, Long standard) {
    return VersionContent.EMPTY.withParameters(
        List.of(
            new Parameter(
                "ssh",
                ParameterType.PORT,
                min,
                max,
                List.of(),
                standard == null ? null : new SettingValue.Int(standard),
                null,
                null)));
  }

  private static Arbitrary<ProfileSetting> settings() {
    return Combinators.combine(
            Arbitraries.of(CATALOG.settings()).filter(s -> !values(s).isEmpty()),
            Arbitraries.integers().between(0, 100),
            Arbitraries.of("a", "b").injectNull(0.5),
            Arbitraries.of(true, false))
        .as(
            (setting, pick, reason, mandatory) ->
                new ProfileSetting(
                    setting.key(),
                    values(setting).get(pick % values(setting).size()),
                    reason,
                    mandatory));
  }

  private static List<SettingValue> values(Setting setting) {
    return switch (setting.type()) {
      case SWITCH, INT, BITMASK ->
          List.of(new SettingValue.Int(0), new SettingValue.Int(1), new SettingValue.Int(6));
      case BOOL -> List.of(new SettingValue.Bool(true), new SettingValue.Bool(false));
      case FLAG -> List.of(new SettingValue.Bool(true));
      case CHOICE, CHOICE_INT -> setting.bounds().values();
      case PORT_LIST ->
          List.of(
              new SettingValue.Items(List.of()),
              new SettingValue.Items(List.of(new SettingValue.Int(22))),
              new SettingValue.Items(List.of(new SettingValue.Int(22), new SettingValue.Int(80))));
      default -> List.of();
    };
  }
}
