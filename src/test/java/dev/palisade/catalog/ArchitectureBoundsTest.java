package dev.palisade.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palisade.catalog.SettingValue.Int;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArchitectureBoundsTest {

  private final Catalog catalog = CatalogFiles.shipped();
  private final Setting bits = catalog.find("vm.mmap_rnd_bits").orElseThrow();

  @Test
  void eachArchitectureHasItsOwnBounds() {
    assertThat(bits.boundsOn(Architecture.AARCH64).min()).isEqualTo(14);
    assertThat(bits.boundsOn(Architecture.AARCH64).max()).isEqualTo(33);
    assertThat(bits.boundsOn(Architecture.X86_64).min()).isEqualTo(28);
    Setting other = catalog.find("vm.mmap_min_addr").orElseThrow();
    assertThat(other.boundsOn(Architecture.AARCH64)).isEqualTo(other.bounds());
    assertThat(other.architecturesThatAccept(new Int(1))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "vm.mmap_rnd_bits, 14, aarch64",
    "vm.mmap_rnd_bits, 18, aarch64 and riscv64",
    "vm.mmap_rnd_bits, 24, aarch64 and riscv64",
    "vm.mmap_rnd_bits, 33, aarch64",
    "vm.mmap_rnd_compat_bits, 7, aarch64",
    "vm.mmap_rnd_compat_bits, 17, riscv64",
  })
  void valueOfOneArchitectureIsAcceptedAndNamed(String key, long value, String only) {
    Setting setting = catalog.find(key).orElseThrow();
    assertThat(catalog.faults(setting, new Int(value))).isEmpty();
    assertThat(setting.onlyOn(new Int(value)).orElseThrow())
        .startsWith("The kernel accepts " + value + " on " + only + " only");
  }

  @Test
  void valueOfNoArchitectureIsRefusedWithEveryRange() {
    assertThat(catalog.find("vm.mmap_rnd_compat_bits").orElseThrow().onlyOn(new Int(12))).isEmpty();
    assertThat(catalog.faults(bits, new Int(34)).get(0))
        .contains("28 to 32 on x86_64, 14 to 33 on aarch64, 18 to 24 on riscv64");
    assertThat(catalog.faults(bits, new Int(13))).hasSize(1);
  }

  @Test
  void architectureIsKnownByItsUsualNames() {
    assertThat(Architecture.of("aarch64-linux")).contains(Architecture.AARCH64);
    assertThat(Architecture.of("arm64")).contains(Architecture.AARCH64);
    assertThat(Architecture.of("riscv64-linux")).contains(Architecture.RISCV64);
    assertThat(Architecture.of("x86_64")).contains(Architecture.X86_64);
    assertThat(Architecture.of("sparc")).isEmpty();
  }
}
