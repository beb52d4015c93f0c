package dev.palisade.catalog;

/**
 * How the kernel combines {@code net.*.conf.all.x} with an interface's own value into what is in
 * effect there. Source: the IN_DEV_* macros of include/linux/inetdevice.h, Linux 6.12.
 */
public enum CombineRule {
  /** Not a per-interface setting: the running value is in effect. */
  NONE("none", ""),
  OR("all OR iface", "it is on where either of the two is on"),
  AND("all AND iface", "it is on only where both are on"),
  MAX("max(all, iface)", "it takes the larger of the two"),
  MIN("min(all, iface)", "it takes the smaller of the two"),
  /**
   * Writing {@code all} copies to every interface at that moment; later the interface's own value
   * counts.
   */
  BROADCAST("broadcast write", "the interface’s own value counts"),
  /** OR where the interface does not forward, AND where it does (IPv4 accept_redirects). */
  OR_UNLESS_FORWARDING(
      "all OR iface, AND when forwarding",
      "it is on where either of the two is on, and where the interface forwards only if both are"),
  /** The kernel never reads {@code all}: only the interface's own value counts. */
  INTERFACE_ONLY("iface only", "the interface’s own value counts");

  private final String code;
  private final String words;

  CombineRule(String code, String words) {
    this.code = code;
    this.words = words;
  }

  /**
   * What is in effect on an interface.
   *
   * @param all the value of {@code conf.all}
   * @param own the interface's own value
   * @param forwards whether the interface forwards
   */
  public long inEffect(long all, long own, boolean forwards) {
    boolean both = all != 0 && own != 0;
    boolean either = all != 0 || own != 0;
    return switch (this) {
      case OR -> either ? 1 : 0;
      case AND -> both ? 1 : 0;
      case MAX -> Math.max(all, own);
      case MIN -> Math.min(all, own);
      case OR_UNLESS_FORWARDING -> (forwards ? both : either) ? 1 : 0;
      case BROADCAST, INTERFACE_ONLY, NONE -> own;
    };
  }

  /** What the kernel makes of the two values, as the end of a sentence; empty for none. */
  public String words() {
    return words;
  }

  public String code() {
    return code;
  }
}
