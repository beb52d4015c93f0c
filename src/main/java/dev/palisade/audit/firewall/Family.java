package dev.palisade.audit.firewall;

/** One of the two address families, which have rules of their own. */
public enum Family {
  IPV4("IPv4", "ip", "ipv4", "icmp"),
  IPV6("IPv6", "ip6", "ipv6", "icmpv6");

  private final String word;
  private final String table;
  private final String nfproto;
  private final String icmp;

  Family(String word, String table, String nfproto, String icmp) {
    this.word = word;
    this.table = table;
    this.nfproto = nfproto;
    this.icmp = icmp;
  }

  public String word() {
    return word;
  }

  String table() {
    return table;
  }

  String nfproto() {
    return nfproto;
  }

  String icmp() {
    return icmp;
  }
}
