"net.core.bpf_jit_harden" = 2;
"net.core.bpf_jit_kallsyms" = 0;

"net.core.fb_tunnels_only_for_init_net" = 1;
"net.core.xfrm_larval_drop" = 1;

# Applied to both conf.all and conf.default
"net.ipv4.conf.*.accept_redirects" = 0;
"net.ipv4.conf.*.accept_source_route" = 0;
"net.ipv4.conf.*.bootp_relay" = 0;
"net.ipv4.conf.*.forwarding" = 0;
"net.ipv4.conf.*.log_martians" = 1;
"net.ipv4.conf.*.mc_forwarding" = 0;
"net.ipv4.conf.*.proxy_arp" = 0;
"net.ipv4.conf.*.rp_filter" = 1;
"net.ipv4.conf.*.send_redirects" = 0;

"net.ipv4.icmp_echo_ignore_all" = 1;
"net.ipv4.icmp_echo_ignore_broadcasts" = 1;
"net.ipv4.icmp_errors_use_inbound_ifaddr" = 0;
"net.ipv4.icmp_ignore_bogus_error_responses" = 1;
"net.ipv4.icmp_msgs_burst" = 10;
"net.ipv4.icmp_msgs_per_sec" = 10;
"net.ipv4.icmp_ratelimit" = 100;
"net.ipv4.icmp_ratemask" = 6168;

"net.ipv4.tcp_sack" = 0;
"net.ipv4.tcp_dsack" = 0;
"net.ipv4.tcp_fack" = 0;
"net.ipv4.tcp_syncookies" = 1;
"net.ipv4.tcp_rfc1337" = 1;
"net.ipv4.tcp_timestamps" = 0;

"net.ipv4.tcp_fastopen" = 3;
"net.ipv4.tcp_congestion_control" = "bbr";
"net.core.default_qdisc" = "cake";

"net.core.rmem_default" = 524288;      # 512 KB
"net.core.wmem_default" = 524288;      # 512 KB
"net.core.rmem_max" = 8388608;         # 8 MB
"net.core.wmem_max" = 8388608;         # 8 MB
"net.core.optmem_max" = 262144;        # 256 KB
"net.core.netdev_max_backlog" = 4096;

firewall = {
  enable = true;
  allowPing = false;
  allowedUDPPorts = [ 53 ];
  allowedTCPPorts = [ 53 80 443 ];
};
