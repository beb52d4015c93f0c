package dev.palisade.catalog;

/** Where a setting lives in a NixOS configuration. */
public enum SettingKind {
  /** A key of {@code boot.kernel.sysctl}. */
  SYSCTL("sysctl"),
  /** A NixOS option of its own. */
  NIXOS_OPTION("nixos-option"),
  /** An element of {@code boot.kernelParams}. */
  KERNEL_PARAM("kernel-param"),
  /** An element of {@code boot.blacklistedKernelModules}. */
  MODULE_BLACKLIST("module-blacklist");

  private final String code;

  SettingKind(String code) {
    this.code = code;
  }

  /** The word used in the API and in the catalog's data. */
  public String code() {
    return code;
  }

  /**
   * The kind with this code.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static SettingKind of(String code) {
    for (SettingKind kind : values()) {
      if (kind.code.equals(code)) {
        return kind;
      }
    }
    throw new IllegalArgumentException("No kind “" + code + "”");
  }
}
