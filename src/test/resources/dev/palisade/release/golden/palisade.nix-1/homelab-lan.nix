# Palisade release 06e6a403e8ac6141ed266912c9e681966b489b9ec482953167be635c0c14e9ac
# Approved: homelab-lan v1 bb45918c4848576fe17c5626521aff36ccaaf3af0ce4189d72884e1dff144996
{ lib, ... }:

{
  boot.kernel.sysctl = {
    "net.core.bpf_jit_harden" = lib.mkOverride 900 2;
    "net.core.bpf_jit_kallsyms" = lib.mkOverride 900 0;
    "net.core.default_qdisc" = lib.mkOverride 900 "cake";
    "net.core.fb_tunnels_only_for_init_net" = lib.mkOverride 900 1;
    "net.core.netdev_max_backlog" = lib.mkOverride 900 4096;
    "net.core.optmem_max" = lib.mkOverride 900 262144;
    "net.core.rmem_default" = lib.mkOverride 900 524288;
    "net.core.rmem_max" = lib.mkOverride 900 8388608;
    "net.core.wmem_default" = lib.mkOverride 900 524288;
    "net.core.wmem_max" = lib.mkOverride 900 8388608;
    "net.core.xfrm_larval_drop" = lib.mkOverride 900 1;
    "net.ipv4.conf.all.accept_redirects" = lib.mkOverride 900 0;
    "net.ipv4.conf.all.accept_source_route" = lib.mkOverride 900 0;
    "net.ipv4.conf.all.bootp_relay" = lib.mkOverride 900 0;
    "net.ipv4.conf.all.forwarding" = lib.mkOverride 900 0;
    "net.ipv4.conf.all.log_martians" = lib.mkOverride 900 1;
    "net.ipv4.conf.all.mc_forwarding" = lib.mkOverride 900 0;
    "net.ipv4.conf.all.proxy_arp" = lib.mkOverride 900 0;
    "net.ipv4.conf.all.rp_filter" = lib.mkOverride 900 1;
    "net.ipv4.conf.all.send_redirects" = lib.mkOverride 900 0;
    "net.ipv4.conf.default.accept_redirects" = lib.mkOverride 900 0;
    "net.ipv4.conf.default.accept_source_route" = lib.mkOverride 900 0;
    "net.ipv4.conf.default.bootp_relay" = lib.mkOverride 900 0;
    "net.ipv4.conf.default.forwarding" = lib.mkOverride 900 0;
    "net.ipv4.conf.default.log_martians" = lib.mkOverride 900 1;
    "net.ipv4.conf.default.mc_forwarding" = lib.mkOverride 900 0;
    "net.ipv4.conf.default.proxy_arp" = lib.mkOverride 900 0;
    "net.ipv4.conf.default.rp_filter" = lib.mkOverride 900 1;
    "net.ipv4.conf.default.send_redirects" = lib.mkOverride 900 0;
    "net.ipv4.icmp_echo_ignore_all" = lib.mkOverride 900 1;
    "net.ipv4.icmp_echo_ignore_broadcasts" = lib.mkOverride 900 1;
    "net.ipv4.icmp_errors_use_inbound_ifaddr" = lib.mkOverride 900 0;
    "net.ipv4.icmp_ignore_bogus_error_responses" = lib.mkOverride 900 1;
    "net.ipv4.icmp_msgs_burst" = lib.mkOverride 900 10;
    "net.ipv4.icmp_msgs_per_sec" = lib.mkOverride 900 10;
    "net.ipv4.icmp_ratelimit" = lib.mkOverride 900 100;
    "net.ipv4.icmp_ratemask" = lib.mkOverride 900 6168;
    "net.ipv4.tcp_congestion_control" = lib.mkOverride 900 "bbr";
    "net.ipv4.tcp_dsack" = lib.mkOverride 900 0;
    "net.ipv4.tcp_fack" = lib.mkOverride 900 0;
    "net.ipv4.tcp_fastopen" = lib.mkOverride 900 3;
    "net.ipv4.tcp_rfc1337" = lib.mkOverride 900 1;
    "net.ipv4.tcp_sack" = lib.mkOverride 900 0;
    "net.ipv4.tcp_syncookies" = lib.mkOverride 900 1;
    "net.ipv4.tcp_timestamps" = lib.mkOverride 900 0;
  };
  networking.firewall = {
    allowPing = lib.mkOverride 900 false;
    allowedTCPPorts = [
      53
      80
      443
    ];
    allowedUDPPorts = [ 53 ];
    enable = lib.mkOverride 900 true;
  };
}
