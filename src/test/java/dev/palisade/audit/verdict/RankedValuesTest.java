package dev.palisade.audit.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palisade.catalog.Catalog;
import dev.palisade.catalog.CatalogFiles;
import dev.palisade.catalog.Direction;
import dev.palisade.catalog.Setting;
import dev.palisade.catalog.SettingKind;
import dev.palisade.catalog.SettingValue;
import dev.palisade.catalog.SettingValue.Bool;
import dev.palisade.catalog.SettingValue.Int;
import dev.palisade.catalog.Stricter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The verdict and the difference of two versions rest on one order of values. */
class RankedValuesTest {

  private static final Catalog CATALOG = CatalogFiles.shipped();

  private static Stream<Setting> ranked() {
    return CATALOG.settings().stream()
        .filter(s -> s.stricter() != null && s.stricter().rule() != Stricter.Rule.NEITHER)
        .filter(s -> !s.isIdle());
  }

  /** Every value of a choice, and of a number those at the bounds and the powers of two. */
  private static List<SettingValue> values(Setting setting) {
    Set<SettingValue> values = new LinkedHashSet<>(setting.bounds().values());
    switch (setting.type()) {
      case SWITCH -> values.addAll(List.of(new Int(0), new Int(1)));
      case BOOL -> values.addAll(List.of(new Bool(true), new Bool(false)));
      case INT, BITMASK -> {
        List<Long> numbers = new ArrayList<>(List.of(0L, 1L, 3L, 5L, 176L, 438L));
        for (int bit = 1; bit < 17; bit++) {
          numbers.add(1L << bit);
        }
        if (setting.bounds().min() != null && setting.bounds().max() != null) {
          numbers.addAll(List.of(setting.bounds().min(), setting.bounds().max()));
        }
        numbers.stream()
            .map(Int::new)
            .filter(n -> CATALOG.faults(setting, n).isEmpty())
            .forEach(values::add);
      }
      default -> {}
    }
    return List.copyOf(values);
  }

  private static VerdictGroup judged(Setting setting, SettingValue asked, SettingValue runs) {
    Evidence evidence =
        new Evidence(
            Map.of(
                setting.key(),
                runs.display(),
                // The dump shows lo, so it shows every interface, and there is none but lo.
                setting.key().contains(".conf.all.")
                    ? setting.key().replace(".conf.all.", ".conf.lo.")
                    : "shown",
                "0"),
            Set.of(),
            null,
            null,
            null,
            null,
            null,
            null,
            0,
            Surroundings.NONE);
    return VerdictEngine.judge(
            List.of(new Expected(setting, asked, "p")), evidence, Deployment.CURRENT)
        .get(0)
        .verdict()
        .group();
  }

  @Test
  void verdictFollowsTheOrderOfTheDifference() {
    int pairs = 0;
    for (Setting setting : ranked().toList()) {
      for (SettingValue asked : values(setting)) {
        for (SettingValue runs : values(setting)) {
          pairs++;
          Direction direction = setting.direction(asked, runs);
          RunningValue.Comparison comparison = RunningValue.compare(setting, asked, runs.display());
          String what = "%s: asked %s, runs %s".formatted(setting.key(), asked, runs);
          if (direction == Direction.STRONGER) {
            assertThat(comparison).as(what).isEqualTo(RunningValue.Comparison.BETTER);
          }
          if (direction == Direction.WEAKER) {
            assertThat(comparison).as(what).isEqualTo(RunningValue.Comparison.OTHER);
          }
          if (setting.kind() == SettingKind.SYSCTL
              && setting.noEffectWhile() == null
              && !setting.key().contains("*")) {
            boolean holds = comparison != RunningValue.Comparison.OTHER;
            assertThat(judged(setting, asked, runs))
                .as(what)
                .isEqualTo(holds ? VerdictGroup.HOLDING : VerdictGroup.FAILING);
          }
        }
      }
    }
    assertThat(pairs).isGreaterThan(2_000);
  }

  @ParameterizedTest(name = "{0}: asked {1}, runs {2} is {3}")
  @CsvSource({
    // The commands of sysrq are a set of bits; 1 allows all, 0 none.
    "kernel.sysrq, 16, 0, BETTER",
    "kernel.sysrq, 176, 16, BETTER",
    "kernel.sysrq, 438, 176, BETTER",
    "kernel.sysrq, 1, 438, BETTER",
    "kernel.sysrq, 1, 0, BETTER",
    "kernel.sysrq, 0, 1, OTHER",
    "kernel.sysrq, 176, 1, OTHER",
    "kernel.sysrq, 176, 4, OTHER",
    "kernel.sysrq, 16, 128, OTHER",
    "kernel.sysrq, 4, 244, OTHER",
    "kernel.kptr_restrict, 1, 2, BETTER",
    "kernel.kptr_restrict, 2, 1, OTHER",
    "kernel.kptr_restrict, 1, 5, OTHER",
    "net.core.bpf_jit_harden, 1, 2, BETTER",
    "vm.mmap_min_addr, 65536, 98304, BETTER",
    "vm.mmap_min_addr, 65536, 4096, OTHER",
    "fs.protected_fifos, 1, 2, BETTER",
    "fs.suid_dumpable, 2, 0, BETTER",
    "fs.suid_dumpable, 0, 2, OTHER",
    "kernel.yama.ptrace_scope, 1, 3, BETTER",
    "kernel.oops_limit, 10000, 100, BETTER",
    "kernel.oops_limit, 100, 0, OTHER",
    "net.ipv4.icmp_ratemask, 6168, 6169, BETTER",
    "net.ipv4.icmp_ratemask, 6168, 1, OTHER",
    "net.ipv6.conf.default.accept_source_route, 0, -1, BETTER",
    "kernel.unprivileged_bpf_disabled, 2, 1, OTHER",
    "net.ipv4.conf.all.log_martians, 1, 2, OTHER",
  })
  void asGoodOrBetterIsWrittenOut(String key, long asked, String runs, String comparison) {
    Setting setting = CATALOG.find(key).orElseThrow();
    assertThat(RunningValue.compare(setting, new Int(asked), runs)).hasToString(comparison);
  }

  @Test
  void anAcceptedValueIsNotCalledStricter() {
    Setting bpf = CATALOG.find("kernel.unprivileged_bpf_disabled").orElseThrow();
    assertThat(RunningValue.isAsGood(bpf, new Int(1), "2")).isTrue();
    assertThat(RunningValue.isAsGood(bpf, new Int(0), "2")).isFalse();
  }
}
