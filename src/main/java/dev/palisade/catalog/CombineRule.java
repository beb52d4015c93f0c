package dev.palisade.catalog;

/**
 * How the kernel combines {@code net.*.conf.all.x} with an interface's own value into what is in
 * effect there. Source: the IN_DEV_* macros of include/linux/inetdevice.h, Linux 6.12.
 */
public enum CombineRule {
  /** Not a per-interface setting: the running value is in effect. */
  NONE("none"),
  OR("all OR iface"),
  AND("all AND iface"),
  MAX("max(all, iface)"),
  MIN("min(all, iface)"),
  /**
   * Writing {@code all} copies to every interface at that moment; later the interface's own value
   * counts.
   */
  BROADCAST("broadcast write"),
  /** OR where the interface does not forward, AND where it does (IPv4 accept_redirects). */
  OR_UNLESS_FORWARDING("all OR iface, AND when forwarding"),
  /** The kernel never reads {@code all}: only the interface's own value counts. */
  INTERFACE_ONLY("iface only");

  private final String code;

  CombineRule(String code) {
    this.code = code;
  }

  public String code() {
    return code;
  }
}
