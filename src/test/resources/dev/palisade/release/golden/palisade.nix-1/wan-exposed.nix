# Palisade release 762cc87133b7bf1a455933a18c8a19d5154765ea1fc93bb48fad6ce1c1a14e03
# Approved: wan-exposed v1 04e75dcae7a46f983d85a9df121e21610170d72e23d28afdf5b8d286d944003f
# Parameter: lan = lan0
# Parameter: mgmt = eth0.100
{ lib, ... }:

{
  boot = {
    kernel.sysctl = {
      # No serial line disciplines needed.
      "dev.tty.ldisc_autoload" = lib.mkOverride 900 0;
      # Blocks terminal injection.
      "dev.tty.legacy_tiocsti" = lib.mkOverride 900 0;
      # Closes classic /tmp races; newest nixpkgs and systemd already set it.
      "fs.protected_fifos" = lib.mkOverride 900 2;
      # Closes classic /tmp races; newest nixpkgs and systemd already set it.
      "fs.protected_hardlinks" = lib.mkOverride 900 1;
      # Closes classic /tmp races; newest nixpkgs and systemd already set it.
      "fs.protected_regular" = lib.mkOverride 900 2;
      # Closes classic /tmp races; newest nixpkgs and systemd already set it.
      "fs.protected_symlinks" = lib.mkOverride 900 1;
      # Never dump privileged processes. systemd-coredump setups use 2.
      "fs.suid_dumpable" = lib.mkOverride 900 0;
      # Only if cores are never needed; NixOS uses systemd-coredump by default.
      "kernel.core_pattern" = lib.mkOverride 900 "|/bin/false";
      # Matches systemd default.
      "kernel.core_uses_pid" = lib.mkOverride 900 1;
      # Keeps martian and firewall logs and addresses from local users.
      "kernel.dmesg_restrict" = lib.mkOverride 900 1;
      # 1 leaves io_uring to a trusted group; 2 on hosts that do not need it.
      "kernel.io_uring_disabled" = lib.mkOverride 900 1;
      # Stops replacing the running kernel without a reboot.
      "kernel.kexec_load_disabled" = lib.mkOverride 900 1;
      # 2 hides pointers even from root-like readers; NixOS default is 1 at mkDefault.
      "kernel.kptr_restrict" = lib.mkOverride 900 2;
      # Bounds brute-force exploitation that relies on surviving many oopses.
      "kernel.oops_limit" = lib.mkOverride 900 100;
      # Unattended host should come back.
      "kernel.panic" = lib.mkOverride 900 10;
      # 3 only means 'deny all' on kernels with the Debian/hardened patch; mainline stops at 2, so accept >=2.
      "kernel.perf_event_paranoid" = lib.mkOverride 900 3;
      # Keeps details off the console of a rented machine.
      "kernel.printk" = lib.mkOverride 900 "3 3 3 3";
      # Assert the default.
      "kernel.randomize_va_space" = lib.mkOverride 900 2;
      # No console user on a server; systemd default is 16 (sync only).
      "kernel.sysrq" = lib.mkOverride 900 0;
      # Use 1 (irreversible until reboot). Accept 2 as compliant when auditing because it blocks the same calls.
      "kernel.unprivileged_bpf_disabled" = lib.mkOverride 900 1;
      # Same idea for WARN().
      "kernel.warn_limit" = lib.mkOverride 900 100;
      # 2 on servers where no debugger runs as a user; 1 as minimum.
      "kernel.yama.ptrace_scope" = lib.mkOverride 900 2;
      # Keep 2: JIT spraying also matters for programs loaded by privileged daemons on an exposed host.
      "net.core.bpf_jit_harden" = lib.mkOverride 900 2;
      # Redundant once bpf_jit_harden is non-zero; keep only as a belt-and-braces assertion.
      "net.core.bpf_jit_kallsyms" = lib.mkOverride 900 0;
      # fq is the natural partner of BBR on a server. CAKE pays off where this host is the bottleneck router and has a bandwidth set with tc; unlimited CAKE cannot fix a bottleneck further upstream.
      "net.core.default_qdisc" = lib.mkOverride 900 "fq";
      # Makes new namespaces copy IPv6 conf/* as well, so containers start from the hardened values.
      "net.core.devconf_inherit_init_net" = lib.mkOverride 900 1;
      # Keep 1; 2 is tighter and harmless on hosts that use no ipip/gre/sit tunnels.
      "net.core.fb_tunnels_only_for_init_net" = lib.mkOverride 900 1;
      # Assert.
      "net.core.message_burst" = lib.mkOverride 900 10;
      # Assert: bounds martian logging.
      "net.core.message_cost" = lib.mkOverride 900 5;
      # Useful headroom when packets arrive faster than softirq drains them.
      "net.core.netdev_max_backlog" = lib.mkOverride 900 4096;
      # Kernel default is enough unless MSG_ZEROCOPY is used heavily.
      "net.core.optmem_max" = lib.mkOverride 900 131072;
      # Default is safer on exposed UDP services: every flooded socket can pin this much. TCP ignores this key (tcp_rmem[1] applies).
      "net.core.rmem_default" = lib.mkOverride 900 212992;
      # Keep 8 MiB: QUIC stacks ask for about 7.5 MB.
      "net.core.rmem_max" = lib.mkOverride 900 8388608;
      # Enough with syncookies; must be >= the listener's backlog.
      "net.core.somaxconn" = lib.mkOverride 900 4096;
      # As rmem_default.
      "net.core.wmem_default" = lib.mkOverride 900 212992;
      # As rmem_max.
      "net.core.wmem_max" = lib.mkOverride 900 8388608;
      # Equals the kernel default; keep as an assertion.
      "net.core.xfrm_larval_drop" = lib.mkOverride 900 1;
      # Replaces systemd's glob assignment of 2 on every interface, which otherwise wins through max(). Explicitly listed keys are exempt from the glob. Use 2 instead on multi-homed or VPN hosts.
      "net.ipv4.conf.*.rp_filter" = lib.mkOverride 900 1;
      # Assert.
      "net.ipv4.conf.all.accept_local" = lib.mkOverride 900 0;
      # An exposed host must not let on-link senders rewrite its routes.
      "net.ipv4.conf.all.accept_redirects" = lib.mkOverride 900 0;
      # No legitimate use on the Internet.
      "net.ipv4.conf.all.accept_source_route" = lib.mkOverride 900 0;
      # Assert.
      "net.ipv4.conf.all.arp_accept" = lib.mkOverride 900 0;
      # Announce the best local address only.
      "net.ipv4.conf.all.arp_announce" = lib.mkOverride 900 2;
      # Answer only for addresses on the receiving interface.
      "net.ipv4.conf.all.arp_ignore" = lib.mkOverride 900 1;
      # Assert.
      "net.ipv4.conf.all.bc_forwarding" = lib.mkOverride 900 0;
      # No effect in the kernel; keep only to mirror the seed.
      "net.ipv4.conf.all.bootp_relay" = lib.mkOverride 900 0;
      # Drops an 802.11-style injection trick.
      "net.ipv4.conf.all.drop_unicast_in_l2_multicast" = lib.mkOverride 900 1;
      # 0 for an end host. Leave unset (null) on any host that runs NAT, containers, VMs or a VPN/exit node, and control forwarding with a forward-chain policy instead.
      "net.ipv4.conf.all.forwarding" = lib.mkOverride 900 0;
      # Keep 1 for evidence, but watch log volume; on a noisy provider LAN set 0 and rely on firewall logging with a limit.
      "net.ipv4.conf.all.log_martians" = lib.mkOverride 900 1;
      # An exposed host must not answer ARP for others.
      "net.ipv4.conf.all.proxy_arp" = lib.mkOverride 900 0;
      # Assert.
      "net.ipv4.conf.all.proxy_arp_pvlan" = lib.mkOverride 900 0;
      # 1 lets outsiders on the link reach 127.0.0.0/8 services (CVE-2020-8558 class).
      "net.ipv4.conf.all.route_localnet" = lib.mkOverride 900 0;
      # 1 on a single-homed server, 2 where routing is asymmetric or a VPN carries the default route. To be effective on NixOS the per-interface value must be set too.
      "net.ipv4.conf.all.rp_filter" = lib.mkOverride 900 1;
      # Moot while accept_redirects is 0; CIS asks 0.
      "net.ipv4.conf.all.secure_redirects" = lib.mkOverride 900 0;
      # An end host never needs to send redirects.
      "net.ipv4.conf.all.send_redirects" = lib.mkOverride 900 0;
      # Assert.
      "net.ipv4.conf.default.accept_local" = lib.mkOverride 900 0;
      # An exposed host must not let on-link senders rewrite its routes.
      "net.ipv4.conf.default.accept_redirects" = lib.mkOverride 900 0;
      # No legitimate use on the Internet.
      "net.ipv4.conf.default.accept_source_route" = lib.mkOverride 900 0;
      # Assert.
      "net.ipv4.conf.default.arp_accept" = lib.mkOverride 900 0;
      # Announce the best local address only.
      "net.ipv4.conf.default.arp_announce" = lib.mkOverride 900 2;
      # Answer only for addresses on the receiving interface.
      "net.ipv4.conf.default.arp_ignore" = lib.mkOverride 900 1;
      # Assert.
      "net.ipv4.conf.default.bc_forwarding" = lib.mkOverride 900 0;
      # No effect in the kernel; keep only to mirror the seed.
      "net.ipv4.conf.default.bootp_relay" = lib.mkOverride 900 0;
      # Drops an 802.11-style injection trick.
      "net.ipv4.conf.default.drop_unicast_in_l2_multicast" = lib.mkOverride 900 1;
      # 0 for an end host. Leave unset (null) on any host that runs NAT, containers, VMs or a VPN/exit node, and control forwarding with a forward-chain policy instead.
      "net.ipv4.conf.default.forwarding" = lib.mkOverride 900 0;
      # Keep 1 for evidence, but watch log volume; on a noisy provider LAN set 0 and rely on firewall logging with a limit.
      "net.ipv4.conf.default.log_martians" = lib.mkOverride 900 1;
      # An exposed host must not answer ARP for others.
      "net.ipv4.conf.default.proxy_arp" = lib.mkOverride 900 0;
      # Assert.
      "net.ipv4.conf.default.proxy_arp_pvlan" = lib.mkOverride 900 0;
      # 1 lets outsiders on the link reach 127.0.0.0/8 services (CVE-2020-8558 class).
      "net.ipv4.conf.default.route_localnet" = lib.mkOverride 900 0;
      # 1 on a single-homed server, 2 where routing is asymmetric or a VPN carries the default route. To be effective on NixOS the per-interface value must be set too.
      "net.ipv4.conf.default.rp_filter" = lib.mkOverride 900 1;
      # Moot while accept_redirects is 0; CIS asks 0.
      "net.ipv4.conf.default.secure_redirects" = lib.mkOverride 900 0;
      # An end host never needs to send redirects.
      "net.ipv4.conf.default.send_redirects" = lib.mkOverride 900 0;
      # Assert.
      "net.ipv4.icmp_echo_enable_probe" = lib.mkOverride 900 0;
      # Use the firewall (allowPing) as the single switch: the sysctl also silences pings on loopback and trusted or monitoring interfaces.
      "net.ipv4.icmp_echo_ignore_all" = lib.mkOverride 900 0;
      # Keep; equals kernel default.
      "net.ipv4.icmp_echo_ignore_broadcasts" = lib.mkOverride 900 1;
      # Leave at default; only routers may want 1.
      "net.ipv4.icmp_errors_use_inbound_ifaddr" = lib.mkOverride 900 0;
      # Keep; equals kernel default.
      "net.ipv4.icmp_ignore_bogus_error_responses" = lib.mkOverride 900 1;
      # Return to the kernel default; 10 starves legitimate errors when a scan is running.
      "net.ipv4.icmp_msgs_burst" = lib.mkOverride 900 50;
      # Return to the kernel default (or about 100): a budget of 10 per second for the whole host is exhausted by a trivial scan. The global limiter has been randomised since 5.10 to blunt the SAD DNS side channel.
      "net.ipv4.icmp_msgs_per_sec" = lib.mkOverride 900 1000;
      # 100 ms allows ten times more errors per target than the kernel default of 1000 ms; use the default.
      "net.ipv4.icmp_ratelimit" = lib.mkOverride 900 1000;
      # Keep the default (types 3, 4, 11, 12). Add bit 0 (value 6169) if pings are answered on the WAN and should be limited.
      "net.ipv4.icmp_ratemask" = lib.mkOverride 900 6168;
      # Assert; 3 is a niche mode for DNS servers in a namespace.
      "net.ipv4.ip_no_pmtu_disc" = lib.mkOverride 900 0;
      # Assert; rootless containers sometimes lower it.
      "net.ipv4.ip_unprivileged_port_start" = lib.mkOverride 900 1024;
      # Assert.
      "net.ipv4.tcp_abort_on_overflow" = lib.mkOverride 900 0;
      # Good on lossy or long paths; pair it with fq or rely on TCP's internal pacing.
      "net.ipv4.tcp_congestion_control" = lib.mkOverride 900 "bbr";
      # Follow tcp_sack; has no effect without it.
      "net.ipv4.tcp_dsack" = lib.mkOverride 900 1;
      # Client only: server-side data-in-SYN can be replayed to the application, the cookie identifies clients across networks, middleboxes drop it, and listeners must opt in anyway.
      "net.ipv4.tcp_fastopen" = lib.mkOverride 900 1;
      # Optional.
      "net.ipv4.tcp_fin_timeout" = lib.mkOverride 900 30;
      # Assert.
      "net.ipv4.tcp_invalid_ratelimit" = lib.mkOverride 900 500;
      # Detects dead peers sooner behind NAT.
      "net.ipv4.tcp_keepalive_time" = lib.mkOverride 900 600;
      # More headroom before cookies are used.
      "net.ipv4.tcp_max_syn_backlog" = lib.mkOverride 900 4096;
      # Recovers from ICMP black holes on the Internet.
      "net.ipv4.tcp_mtu_probing" = lib.mkOverride 900 1;
      # Cheap protection for busy public listeners.
      "net.ipv4.tcp_rfc1337" = lib.mkOverride 900 1;
      # This, not rmem_max, bounds TCP receive autotuning.
      "net.ipv4.tcp_rmem" = lib.mkOverride 900 "4096 131072 8388608";
      # The seed itself says to reconsider for WAN services: without SACK, one lost segment per window stalls long-distance transfers. The 2019 SACK flaws are fixed in every supported kernel.
      "net.ipv4.tcp_sack" = lib.mkOverride 900 1;
      # Faster failure of outgoing connects; optional.
      "net.ipv4.tcp_syn_retries" = lib.mkOverride 900 3;
      # Half-open entries die sooner in a SYN flood and less backscatter is sent.
      "net.ipv4.tcp_synack_retries" = lib.mkOverride 900 3;
      # Keep; equals kernel default.
      "net.ipv4.tcp_syncookies" = lib.mkOverride 900 1;
      # Use 1: value 1 already randomises offsets per connection, so uptime is not exposed, and PAWS plus RTT samples matter at WAN speeds.
      "net.ipv4.tcp_timestamps" = lib.mkOverride 900 1;
      # Leave (loopback only). Needs timestamps.
      "net.ipv4.tcp_tw_reuse" = lib.mkOverride 900 2;
      # Assert.
      "net.ipv4.tcp_window_scaling" = lib.mkOverride 900 1;
      # As tcp_rmem for sending.
      "net.ipv4.tcp_wmem" = lib.mkOverride 900 "4096 65536 8388608";
      # 0 with static addressing; on SLAAC networks leave 1 and filter RAs upstream.
      "net.ipv6.conf.all.accept_ra" = lib.mkOverride 900 0;
      # No need for router preference on a server.
      "net.ipv6.conf.all.accept_ra_rtr_pref" = lib.mkOverride 900 0;
      # As IPv4. The NixOS firewall also drops ICMPv6 redirects in input.
      "net.ipv6.conf.all.accept_redirects" = lib.mkOverride 900 0;
      # Baselines ask 0, which still accepts Mobile-IPv6 type 2; -1 refuses all.
      "net.ipv6.conf.all.accept_source_route" = lib.mkOverride 900 (-1);
      # End host. Leave unset on routers/container hosts.
      "net.ipv6.conf.all.forwarding" = lib.mkOverride 900 0;
      # Assert.
      "net.ipv6.conf.all.proxy_ndp" = lib.mkOverride 900 0;
      # Servers want stable addresses; NixOS default is 2.
      "net.ipv6.conf.all.use_tempaddr" = lib.mkOverride 900 0;
      # 0 with static addressing; on SLAAC networks leave 1 and filter RAs upstream.
      "net.ipv6.conf.default.accept_ra" = lib.mkOverride 900 0;
      # No need for router preference on a server.
      "net.ipv6.conf.default.accept_ra_rtr_pref" = lib.mkOverride 900 0;
      # As IPv4. The NixOS firewall also drops ICMPv6 redirects in input.
      "net.ipv6.conf.default.accept_redirects" = lib.mkOverride 900 0;
      # Baselines ask 0, which still accepts Mobile-IPv6 type 2; -1 refuses all.
      "net.ipv6.conf.default.accept_source_route" = lib.mkOverride 900 (-1);
      # End host. Leave unset on routers/container hosts.
      "net.ipv6.conf.default.forwarding" = lib.mkOverride 900 0;
      # Assert.
      "net.ipv6.conf.default.proxy_ndp" = lib.mkOverride 900 0;
      # Servers want stable addresses; NixOS default is 2.
      "net.ipv6.conf.default.use_tempaddr" = lib.mkOverride 900 0;
      # Keep IPv6 reachable for diagnosis; if silence is wanted this is the only switch because the NixOS firewall always accepts ICMPv6 echo.
      "net.ipv6.icmp.echo_ignore_all" = lib.mkOverride 900 0;
      # As above.
      "net.ipv6.icmp.echo_ignore_anycast" = lib.mkOverride 900 1;
      # Stops ff02::1 enumeration.
      "net.ipv6.icmp.echo_ignore_multicast" = lib.mkOverride 900 1;
      # Use the older, stricter spacing.
      "net.ipv6.icmp.ratelimit" = lib.mkOverride 900 1000;
      # Only for debugging.
      "net.netfilter.nf_conntrack_log_invalid" = lib.mkOverride 900 0;
      # A full table drops new flows; small VPS defaults can be as low as a few thousand.
      "net.netfilter.nf_conntrack_max" = lib.mkOverride 900 262144;
      # Refuse mid-stream pickup so ACK floods stay INVALID.
      "net.netfilter.nf_conntrack_tcp_loose" = lib.mkOverride 900 0;
      # Five days is long for an exposed host.
      "net.netfilter.nf_conntrack_tcp_timeout_established" = lib.mkOverride 900 86400;
      # Assert.
      "net.netfilter.nf_conntrack_udp_timeout" = lib.mkOverride 900 30;
      # KSPP value.
      "vm.mmap_min_addr" = lib.mkOverride 900 65536;
      # Maximum entropy.
      "vm.mmap_rnd_bits" = lib.mkOverride 900 32;
      # Maximum entropy for 32-bit processes.
      "vm.mmap_rnd_compat_bits" = lib.mkOverride 900 16;
      # Assert the default.
      "vm.unprivileged_userfaultfd" = lib.mkOverride 900 0;
    };
    kernelModules = [
      "tcp_bbr"
      "sch_fq"
      "nf_conntrack"
    ];
  };
  networking = {
    firewall = {
      # Keep false on the WAN (or true with pingLimit when monitored externally). Applies to ICMPv4 only: ICMPv6 echo is always accepted by the NixOS firewall.
      allowPing = lib.mkOverride 900 false;
      allowedTCPPorts = [
        80
        443
      ];
      # Helpers parse untrusted payloads.
      autoLoadConntrackHelpers = lib.mkOverride 900 false;
      # Strict on single-homed hosts, 'loose' with VPN exit nodes or asymmetric routing. Covers IPv6, which has no rp_filter sysctl.
      checkReversePath = lib.mkOverride 900 true;
      # Mandatory on an exposed host.
      enable = lib.mkOverride 900 true;
      interfaces = {
        "eth0.100".allowedTCPPorts = [ 22 ];
        lan0 = {
          allowedTCPPorts = [
            53
            80
            443
          ];
          allowedUDPPorts = [ 53 ];
        };
      };
      # Internet background noise fills the journal; enable only with journal limits.
      logRefusedConnections = lib.mkOverride 900 false;
      # Debug only.
      logRefusedPackets = lib.mkOverride 900 false;
      # Keep.
      logRefusedUnicastsOnly = lib.mkOverride 900 true;
      # Turn on while introducing strict mode.
      logReversePathDrops = lib.mkOverride 900 false;
      # Only relevant when allowPing is true; syntax depends on the backend (asserted).
      pingLimit = lib.mkOverride 900 "5/second burst 10 packets";
      # Dropping avoids reflecting RST/ICMP to spoofed victims; reject is friendlier on a LAN.
      rejectPackets = lib.mkOverride 900 false;
      trustedInterfaces = [ "lo" ];
    };
    # Stable server addresses.
    tempAddresses = lib.mkOverride 900 "disabled";
  };
  services.openssh = {
    # Keys come only from the declarative configuration.
    authorizedKeysInHomedir = lib.mkOverride 900 false;
    # Open SSH explicitly on the management or VPN interface instead of everywhere.
    openFirewall = lib.mkOverride 900 false;
    settings = {
      # Stops use as a pivot.
      AllowTcpForwarding = lib.mkOverride 900 "no";
      # STIG value.
      ClientAliveCountMax = lib.mkOverride 900 1;
      # STIG value.
      ClientAliveInterval = lib.mkOverride 900 600;
      # Closes the PAM password path too.
      KbdInteractiveAuthentication = lib.mkOverride 900 false;
      # Logs key fingerprints.
      LogLevel = lib.mkOverride 900 "VERBOSE";
      # Frees slots under attack. 0 was only a workaround for CVE-2024-6387 and removes the limit.
      LoginGraceTime = lib.mkOverride 900 30;
      # CIS value.
      MaxAuthTries = lib.mkOverride 900 4;
      # Keys only.
      PasswordAuthentication = lib.mkOverride 900 false;
      # Remote deployment as root needs an exception (forced commands or a deploy user).
      PermitRootLogin = lib.mkOverride 900 "no";
      # Assert.
      UseDns = lib.mkOverride 900 false;
      # Assert.
      X11Forwarding = lib.mkOverride 900 false;
    };
  };
}
