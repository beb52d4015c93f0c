package dev.palisade.nix;

import dev.palisade.catalog.SettingKind;

/** The sysctls of a module as a file for {@code /etc/sysctl.d}. */
public final class SysctlConf {

  private SysctlConf() {}

  /** Heading as comments, then one {@code key = value} per line in key order. */
  public static String render(ModuleContent content) {
    StringBuilder out = new StringBuilder();
    content.heading().forEach(line -> out.append("# ").append(NixText.comment(line)).append('\n'));
    content.settings().stream()
        .filter(s -> s.kind() == SettingKind.SYSCTL)
        .forEach(s -> out.append(s.key()).append(" = ").append(s.value().display()).append('\n'));
    return out.toString();
  }
}
