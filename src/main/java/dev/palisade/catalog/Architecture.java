package dev.palisade.catalog;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A processor architecture for which the kernel bounds some settings in its own way. */
public enum Architecture {
  X86_64("x86_64", "amd64"),
  AARCH64("aarch64", "arm64"),
  RISCV64("riscv64", "riscv64gc");

  private final String code;
  private final String otherName;

  Architecture(String code, String otherName) {
    this.code = code;
    this.otherName = otherName;
  }

  /** The word that {@code uname -m} prints, also used in the catalog's data. */
  public String code() {
    return code;
  }

  /**
   * The architecture that a text names: {@code x86_64}, {@code aarch64-linux}, {@code arm64}; empty
   * for every other text.
   */
  public static Optional<Architecture> of(String text) {
    String name = text.strip().toLowerCase(Locale.ROOT).replaceFirst("-linux$", "");
    return Arrays.stream(values())
        .filter(a -> a.code.equals(name) || a.otherName.equals(name))
        .findFirst();
  }
}
