# Palisade release e518089a01b8e27f58d22735c2b0aa11881b5dfb7caf3e3a985161da03163ffd
# Approved: wan-exposed v1 04e75dcae7a46f983d85a9df121e21610170d72e23d28afdf5b8d286d944003f
# Parameter: lan = lan0
# Parameter: mgmt = eth0.100
#
# A plain line in the host's own configuration overrides a setting. The portal sees this, and
# each build warns of it until an exception gives the reason:
#   hardening.exceptions."net.ipv4.tcp_sack".reason = "...";
# With hardening.enable = false nothing is declared, and the portal sees that too.
{
  config,
  lib,
  options,
  ...
}:

let
  release = "e518089a01b8e27f58d22735c2b0aa11881b5dfb7caf3e3a985161da03163ffd";

  profiles = [
    {
      digest = "04e75dcae7a46f983d85a9df121e21610170d72e23d28afdf5b8d286d944003f";
      number = 1;
      slug = "wan-exposed";
    }
  ];

  # Keys of boot.kernel.sysctl.
  sysctls = {
    # --- BPF ---
    # Use 1 (irreversible until reboot). Accept 2 as compliant when auditing because it blocks the
    # same calls.
    "kernel.unprivileged_bpf_disabled" = 1;
    # Keep 2: JIT spraying also matters for programs loaded by privileged daemons on an exposed host.
    "net.core.bpf_jit_harden" = 2;
    # Redundant once bpf_jit_harden is non-zero; keep only as a belt-and-braces assertion.
    "net.core.bpf_jit_kallsyms" = 0;

    # --- Network core ---
    # fq is the natural partner of BBR on a server. CAKE pays off where this host is the bottleneck
    # router and has a bandwidth set with tc; unlimited CAKE cannot fix a bottleneck further upstream.
    "net.core.default_qdisc" = "fq";
    # Makes new namespaces copy IPv6 conf/* as well, so containers start from the hardened values.
    "net.core.devconf_inherit_init_net" = 1;
    # Keep 1; 2 is tighter and harmless on hosts that use no ipip/gre/sit tunnels.
    "net.core.fb_tunnels_only_for_init_net" = 1;
    # Assert.
    "net.core.message_burst" = 10;
    # Assert: bounds martian logging.
    "net.core.message_cost" = 5;
    # Enough with syncookies; must be >= the listener's backlog.
    "net.core.somaxconn" = 4096;
    # Equals the kernel default; keep as an assertion.
    "net.core.xfrm_larval_drop" = 1;

    # --- IPv4 interfaces ---
    # Replaces systemd's glob assignment of 2 on every interface, which otherwise wins through max().
    # Explicitly listed keys are exempt from the glob. Use 2 instead on multi-homed or VPN hosts.
    "net.ipv4.conf.*.rp_filter" = 1;
    # Assert.
    "net.ipv4.conf.all.accept_local" = 0;
    # An exposed host must not let on-link senders rewrite its routes.
    "net.ipv4.conf.all.accept_redirects" = 0;
    # No legitimate use on the Internet.
    "net.ipv4.conf.all.accept_source_route" = 0;
    # Assert.
    "net.ipv4.conf.all.arp_accept" = 0;
    # Announce the best local address only.
    "net.ipv4.conf.all.arp_announce" = 2;
    # Answer only for addresses on the receiving interface.
    "net.ipv4.conf.all.arp_ignore" = 1;
    # Assert.
    "net.ipv4.conf.all.bc_forwarding" = 0;
    # No effect in the kernel; keep only to mirror the seed.
    "net.ipv4.conf.all.bootp_relay" = 0;
    # Drops an 802.11-style injection trick.
    "net.ipv4.conf.all.drop_unicast_in_l2_multicast" = 1;
    # 0 for an end host. Leave unset (null) on any host that runs NAT, containers, VMs or a VPN/exit
    # node, and control forwarding with a forward-chain policy instead.
    "net.ipv4.conf.all.forwarding" = 0;
    # Keep 1 for evidence, but watch log volume; on a noisy provider LAN set 0 and rely on firewall
    # logging with a limit.
    "net.ipv4.conf.all.log_martians" = 1;
    # An exposed host must not answer ARP for others.
    "net.ipv4.conf.all.proxy_arp" = 0;
    # Assert.
    "net.ipv4.conf.all.proxy_arp_pvlan" = 0;
    # 1 lets outsiders on the link reach 127.0.0.0/8 services (CVE-2020-8558 class).
    "net.ipv4.conf.all.route_localnet" = 0;
    # 1 on a single-homed server, 2 where routing is asymmetric or a VPN carries the default route. To
    # be effective on NixOS the per-interface value must be set too.
    "net.ipv4.conf.all.rp_filter" = 1;
    # Moot while accept_redirects is 0; CIS asks 0.
    "net.ipv4.conf.all.secure_redirects" = 0;
    # An end host never needs to send redirects.
    "net.ipv4.conf.all.send_redirects" = 0;
    # Assert.
    "net.ipv4.conf.default.accept_local" = 0;
    # An exposed host must not let on-link senders rewrite its routes.
    "net.ipv4.conf.default.accept_redirects" = 0;
    # No legitimate use on the Internet.
    "net.ipv4.conf.default.accept_source_route" = 0;
    # Assert.
    "net.ipv4.conf.default.arp_accept" = 0;
    # Announce the best local address only.
    "net.ipv4.conf.default.arp_announce" = 2;
    # Answer only for addresses on the receiving interface.
    "net.ipv4.conf.default.arp_ignore" = 1;
    # Assert.
    "net.ipv4.conf.default.bc_forwarding" = 0;
    # No effect in the kernel; keep only to mirror the seed.
    "net.ipv4.conf.default.bootp_relay" = 0;
    # Drops an 802.11-style injection trick.
    "net.ipv4.conf.default.drop_unicast_in_l2_multicast" = 1;
    # 0 for an end host. Leave unset (null) on any host that runs NAT, containers, VMs or a VPN/exit
    # node, and control forwarding with a forward-chain policy instead.
    "net.ipv4.conf.default.forwarding" = 0;
    # Keep 1 for evidence, but watch log volume; on a noisy provider LAN set 0 and rely on firewall
    # logging with a limit.
    "net.ipv4.conf.default.log_martians" = 1;
    # An exposed host must not answer ARP for others.
    "net.ipv4.conf.default.proxy_arp" = 0;
    # Assert.
    "net.ipv4.conf.default.proxy_arp_pvlan" = 0;
    # 1 lets outsiders on the link reach 127.0.0.0/8 services (CVE-2020-8558 class).
    "net.ipv4.conf.default.route_localnet" = 0;
    # 1 on a single-homed server, 2 where routing is asymmetric or a VPN carries the default route. To
    # be effective on NixOS the per-interface value must be set too.
    "net.ipv4.conf.default.rp_filter" = 1;
    # Moot while accept_redirects is 0; CIS asks 0.
    "net.ipv4.conf.default.secure_redirects" = 0;
    # An end host never needs to send redirects.
    "net.ipv4.conf.default.send_redirects" = 0;

    # --- IPv4 ---
    # Assert; 3 is a niche mode for DNS servers in a namespace.
    "net.ipv4.ip_no_pmtu_disc" = 0;
    # Assert; rootless containers sometimes lower it.
    "net.ipv4.ip_unprivileged_port_start" = 1024;

    # --- ICMP ---
    # Assert.
    "net.ipv4.icmp_echo_enable_probe" = 0;
    # Use the firewall (allowPing) as the single switch: the sysctl also silences pings on loopback
    # and trusted or monitoring interfaces.
    "net.ipv4.icmp_echo_ignore_all" = 0;
    # Keep; equals kernel default.
    "net.ipv4.icmp_echo_ignore_broadcasts" = 1;
    # Leave at default; only routers may want 1.
    "net.ipv4.icmp_errors_use_inbound_ifaddr" = 0;
    # Keep; equals kernel default.
    "net.ipv4.icmp_ignore_bogus_error_responses" = 1;
    # Return to the kernel default; 10 starves legitimate errors when a scan is running.
    "net.ipv4.icmp_msgs_burst" = 50;
    # Return to the kernel default (or about 100): a budget of 10 per second for the whole host is
    # exhausted by a trivial scan. The global limiter has been randomised since 5.10 to blunt the SAD
    # DNS side channel.
    "net.ipv4.icmp_msgs_per_sec" = 1000;
    # 100 ms allows ten times more errors per target than the kernel default of 1000 ms; use the
    # default.
    "net.ipv4.icmp_ratelimit" = 1000;
    # Keep the default (types 3, 4, 11, 12). Add bit 0 (value 6169) if pings are answered on the WAN
    # and should be limited.
    "net.ipv4.icmp_ratemask" = 6168;

    # --- TCP ---
    # Assert.
    "net.ipv4.tcp_abort_on_overflow" = 0;
    # Good on lossy or long paths; pair it with fq or rely on TCP's internal pacing.
    "net.ipv4.tcp_congestion_control" = "bbr";
    # Follow tcp_sack; has no effect without it.
    "net.ipv4.tcp_dsack" = 1;
    # Client only: server-side data-in-SYN can be replayed to the application, the cookie identifies
    # clients across networks, middleboxes drop it, and listeners must opt in anyway.
    "net.ipv4.tcp_fastopen" = 1;
    # Optional.
    "net.ipv4.tcp_fin_timeout" = 30;
    # Assert.
    "net.ipv4.tcp_invalid_ratelimit" = 500;
    # Detects dead peers sooner behind NAT.
    "net.ipv4.tcp_keepalive_time" = 600;
    # More headroom before cookies are used.
    "net.ipv4.tcp_max_syn_backlog" = 4096;
    # Recovers from ICMP black holes on the Internet.
    "net.ipv4.tcp_mtu_probing" = 1;
    # Cheap protection for busy public listeners.
    "net.ipv4.tcp_rfc1337" = 1;
    # This, not rmem_max, bounds TCP receive autotuning.
    "net.ipv4.tcp_rmem" = "4096 131072 8388608";
    # The seed itself says to reconsider for WAN services: without SACK, one lost segment per window
    # stalls long-distance transfers. The 2019 SACK flaws are fixed in every supported kernel.
    "net.ipv4.tcp_sack" = 1;
    # Faster failure of outgoing connects; optional.
    "net.ipv4.tcp_syn_retries" = 3;
    # Half-open entries die sooner in a SYN flood and less backscatter is sent.
    "net.ipv4.tcp_synack_retries" = 3;
    # Keep; equals kernel default.
    "net.ipv4.tcp_syncookies" = 1;
    # Use 1: value 1 already randomises offsets per connection, so uptime is not exposed, and PAWS
    # plus RTT samples matter at WAN speeds.
    "net.ipv4.tcp_timestamps" = 1;
    # Leave (loopback only). Needs timestamps.
    "net.ipv4.tcp_tw_reuse" = 2;
    # Assert.
    "net.ipv4.tcp_window_scaling" = 1;
    # As tcp_rmem for sending.
    "net.ipv4.tcp_wmem" = "4096 65536 8388608";

    # --- Buffers ---
    # Useful headroom when packets arrive faster than softirq drains them.
    "net.core.netdev_max_backlog" = 4096;
    # Kernel default is enough unless MSG_ZEROCOPY is used heavily.
    "net.core.optmem_max" = 131072;
    # Default is safer on exposed UDP services: every flooded socket can pin this much. TCP ignores
    # this key (tcp_rmem[1] applies).
    "net.core.rmem_default" = 212992;
    # Keep 8 MiB: QUIC stacks ask for about 7.5 MB.
    "net.core.rmem_max" = 8388608;
    # As rmem_default.
    "net.core.wmem_default" = 212992;
    # As rmem_max.
    "net.core.wmem_max" = 8388608;

    # --- IPv6 interfaces ---
    # 0 with static addressing; on SLAAC networks leave 1 and filter RAs upstream.
    "net.ipv6.conf.all.accept_ra" = 0;
    # No need for router preference on a server.
    "net.ipv6.conf.all.accept_ra_rtr_pref" = 0;
    # As IPv4. The NixOS firewall also drops ICMPv6 redirects in input.
    "net.ipv6.conf.all.accept_redirects" = 0;
    # Baselines ask 0, which still accepts Mobile-IPv6 type 2; -1 refuses all.
    "net.ipv6.conf.all.accept_source_route" = -1;
    # End host. Leave unset on routers/container hosts.
    "net.ipv6.conf.all.forwarding" = 0;
    # Assert.
    "net.ipv6.conf.all.proxy_ndp" = 0;
    # Servers want stable addresses; NixOS default is 2.
    "net.ipv6.conf.all.use_tempaddr" = 0;
    # 0 with static addressing; on SLAAC networks leave 1 and filter RAs upstream.
    "net.ipv6.conf.default.accept_ra" = 0;
    # No need for router preference on a server.
    "net.ipv6.conf.default.accept_ra_rtr_pref" = 0;
    # As IPv4. The NixOS firewall also drops ICMPv6 redirects in input.
    "net.ipv6.conf.default.accept_redirects" = 0;
    # Baselines ask 0, which still accepts Mobile-IPv6 type 2; -1 refuses all.
    "net.ipv6.conf.default.accept_source_route" = -1;
    # End host. Leave unset on routers/container hosts.
    "net.ipv6.conf.default.forwarding" = 0;
    # Assert.
    "net.ipv6.conf.default.proxy_ndp" = 0;
    # Servers want stable addresses; NixOS default is 2.
    "net.ipv6.conf.default.use_tempaddr" = 0;

    # --- ICMPv6 ---
    # Keep IPv6 reachable for diagnosis; if silence is wanted this is the only switch because the
    # NixOS firewall always accepts ICMPv6 echo.
    "net.ipv6.icmp.echo_ignore_all" = 0;
    # As above.
    "net.ipv6.icmp.echo_ignore_anycast" = 1;
    # Stops ff02::1 enumeration.
    "net.ipv6.icmp.echo_ignore_multicast" = 1;
    # Use the older, stricter spacing.
    "net.ipv6.icmp.ratelimit" = 1000;

    # --- Connection tracking ---
    # Only for debugging.
    "net.netfilter.nf_conntrack_log_invalid" = 0;
    # A full table drops new flows; small VPS defaults can be as low as a few thousand.
    "net.netfilter.nf_conntrack_max" = 262144;
    # Refuse mid-stream pickup so ACK floods stay INVALID.
    "net.netfilter.nf_conntrack_tcp_loose" = 0;
    # Five days is long for an exposed host.
    "net.netfilter.nf_conntrack_tcp_timeout_established" = 86400;
    # Assert.
    "net.netfilter.nf_conntrack_udp_timeout" = 30;

    # --- Kernel ---
    # No serial line disciplines needed.
    "dev.tty.ldisc_autoload" = 0;
    # Blocks terminal injection.
    "dev.tty.legacy_tiocsti" = 0;
    # Never dump privileged processes. systemd-coredump setups use 2.
    "fs.suid_dumpable" = 0;
    # Only if cores are never needed; NixOS uses systemd-coredump by default.
    "kernel.core_pattern" = "|/bin/false";
    # Matches systemd default.
    "kernel.core_uses_pid" = 1;
    # Keeps martian and firewall logs and addresses from local users.
    "kernel.dmesg_restrict" = 1;
    # 1 leaves io_uring to a trusted group; 2 on hosts that do not need it.
    "kernel.io_uring_disabled" = 1;
    # Stops replacing the running kernel without a reboot.
    "kernel.kexec_load_disabled" = 1;
    # 2 hides pointers even from root-like readers; NixOS default is 1 at mkDefault.
    "kernel.kptr_restrict" = 2;
    # Bounds brute-force exploitation that relies on surviving many oopses.
    "kernel.oops_limit" = 100;
    # Unattended host should come back.
    "kernel.panic" = 10;
    # 3 only means 'deny all' on kernels with the Debian/hardened patch; mainline stops at 2, so
    # accept >=2.
    "kernel.perf_event_paranoid" = 3;
    # Keeps details off the console of a rented machine.
    "kernel.printk" = "3 3 3 3";
    # Assert the default.
    "kernel.randomize_va_space" = 2;
    # No console user on a server; systemd default is 16 (sync only).
    "kernel.sysrq" = 0;
    # Same idea for WARN().
    "kernel.warn_limit" = 100;
    # 2 on servers where no debugger runs as a user; 1 as minimum.
    "kernel.yama.ptrace_scope" = 2;

    # --- Memory ---
    # KSPP value.
    "vm.mmap_min_addr" = 65536;
    # Maximum entropy.
    "vm.mmap_rnd_bits" = 32;
    # Maximum entropy for 32-bit processes.
    "vm.mmap_rnd_compat_bits" = 16;
    # Assert the default.
    "vm.unprivileged_userfaultfd" = 0;

    # --- File systems ---
    # Closes classic /tmp races; newest nixpkgs and systemd already set it.
    "fs.protected_fifos" = 2;
    # Closes classic /tmp races; newest nixpkgs and systemd already set it.
    "fs.protected_hardlinks" = 1;
    # Closes classic /tmp races; newest nixpkgs and systemd already set it.
    "fs.protected_regular" = 2;
    # Closes classic /tmp races; newest nixpkgs and systemd already set it.
    "fs.protected_symlinks" = 1;
  };

  # Options.
  settings = {
    # --- IPv6 ---
    # Stable server addresses.
    "networking.tempAddresses" = "disabled";

    # --- Firewall ---
    # Keep false on the WAN (or true with pingLimit when monitored externally). Applies to ICMPv4
    # only: ICMPv6 echo is always accepted by the NixOS firewall.
    "networking.firewall.allowPing" = false;
    # Helpers parse untrusted payloads.
    "networking.firewall.autoLoadConntrackHelpers" = false;
    # Strict on single-homed hosts, 'loose' with VPN exit nodes or asymmetric routing. Covers IPv6,
    # which has no rp_filter sysctl.
    "networking.firewall.checkReversePath" = true;
    # Mandatory on an exposed host.
    "networking.firewall.enable" = true;
    # Internet background noise fills the journal; enable only with journal limits.
    "networking.firewall.logRefusedConnections" = false;
    # Debug only.
    "networking.firewall.logRefusedPackets" = false;
    # Keep.
    "networking.firewall.logRefusedUnicastsOnly" = true;
    # Turn on while introducing strict mode.
    "networking.firewall.logReversePathDrops" = false;
    # Only relevant when allowPing is true; syntax depends on the backend (asserted).
    "networking.firewall.pingLimit" = "5/second burst 10 packets";
    # Dropping avoids reflecting RST/ICMP to spoofed victims; reject is friendlier on a LAN.
    "networking.firewall.rejectPackets" = false;

    # --- OpenSSH ---
    # Keys come only from the declarative configuration.
    "services.openssh.authorizedKeysInHomedir" = false;
    # Open SSH explicitly on the management or VPN interface instead of everywhere.
    "services.openssh.openFirewall" = false;
    # Stops use as a pivot.
    "services.openssh.settings.AllowTcpForwarding" = "no";
    # STIG value.
    "services.openssh.settings.ClientAliveCountMax" = 1;
    # STIG value.
    "services.openssh.settings.ClientAliveInterval" = 600;
    # Closes the PAM password path too.
    "services.openssh.settings.KbdInteractiveAuthentication" = false;
    # Logs key fingerprints.
    "services.openssh.settings.LogLevel" = "VERBOSE";
    # Frees slots under attack. 0 was only a workaround for CVE-2024-6387 and removes the limit.
    "services.openssh.settings.LoginGraceTime" = 30;
    # CIS value.
    "services.openssh.settings.MaxAuthTries" = 4;
    # Keys only.
    "services.openssh.settings.PasswordAuthentication" = false;
    # Remote deployment as root needs an exception (forced commands or a deploy user).
    "services.openssh.settings.PermitRootLogin" = "no";
    # Assert.
    "services.openssh.settings.UseDns" = false;
    # Assert.
    "services.openssh.settings.X11Forwarding" = false;
  };

  # Options that other modules may extend: these elements are required, and no other port.
  additions = {
    # --- Firewall ---
    # No ranges on the WAN.
    "networking.firewall.allowedTCPPortRanges" = [ ];
    # Only the reverse proxy belongs on the WAN; 80 merely for redirect/ACME. DNS moves to the LAN
    # interface and SSH to a management interface or VPN.
    "networking.firewall.allowedTCPPorts" = [
      80
      443
    ];
    # No ranges (mosh/WebRTC excepted).
    "networking.firewall.allowedUDPPortRanges" = [ ];
    # Never open a recursive resolver to the Internet (reflection and amplification). Move 53 to
    # interfaces.${lan}.allowedUDPPorts; open 443/udp only for HTTP/3 and the VPN's port where used.
    "networking.firewall.allowedUDPPorts" = [ ];
    # As above.
    "networking.firewall.connectionTrackingModules" = [ ];
    # This is where LAN-only and management ports belong.
    "networking.firewall.interfaces.\"eth0.100\".allowedTCPPorts" = [ 22 ];
    # This is where LAN-only and management ports belong.
    "networking.firewall.interfaces.lan0.allowedTCPPorts" = [
      53
      80
      443
    ];
    # LAN DNS.
    "networking.firewall.interfaces.lan0.allowedUDPPorts" = [ 53 ];
    # Never the WAN; be wary of VPN and bridge names.
    "networking.firewall.trustedInterfaces" = [ "lo" ];

    # --- Kernel ---
    # Loads modules before systemd-sysctl so that keys and algorithms exist.
    "boot.kernelModules" = [
      "tcp_bbr"
      "sch_fq"
      "nf_conntrack"
    ];
  };

  # Parameters of the kernel command line, in effect from the next boot on.
  kernelParams = { };

  # Kernel modules that are not loaded automatically.
  blockedModules = [ ];

  # Kernel modules without which settings above have no effect.
  kernelModules = [ "nf_conntrack" ];

  # How many names of a key are the option's, where the rest is a key within its value.
  optionDepths = {
    "networking.firewall.interfaces.\"eth0.100\".allowedTCPPorts" = 3;
    "networking.firewall.interfaces.lan0.allowedTCPPorts" = 3;
    "networking.firewall.interfaces.lan0.allowedUDPPorts" = 3;
    "services.openssh.settings.AllowTcpForwarding" = 3;
    "services.openssh.settings.ClientAliveCountMax" = 3;
    "services.openssh.settings.ClientAliveInterval" = 3;
    "services.openssh.settings.KbdInteractiveAuthentication" = 3;
    "services.openssh.settings.LogLevel" = 3;
    "services.openssh.settings.LoginGraceTime" = 3;
    "services.openssh.settings.MaxAuthTries" = 3;
    "services.openssh.settings.PasswordAuthentication" = 3;
    "services.openssh.settings.PermitRootLogin" = 3;
    "services.openssh.settings.UseDns" = 3;
    "services.openssh.settings.X11Forwarding" = 3;
  };

  # Settings that the host's configuration must not override.
  mandatory = [ ];

  # Aliases of keys in the kernel.
  aliases = {
    "net.ipv4.conf.all.forwarding" = [ "net.ipv4.ip_forward" ];
  };

  # The rest of this file is the same in every release of this renderer. It declares the approved
  # settings, compares them with the whole configuration of the host, and reports the result by
  # warnings and in /etc/hardening/profile.json.

  cfg = config.hardening;
  source = if release == null then "Palisade preview" else "Palisade release ${release}";

  # Stronger than the defaults of NixOS, weaker than a plain line in the host's configuration.
  preferred = lib.mkOverride 900;

  # The attribute names of a key. A name that contains dots is quoted in the key.
  path =
    key:
    let
      name =
        match: if builtins.head match == null then builtins.elemAt match 1 else builtins.head match;
    in
    map name (builtins.filter builtins.isList (builtins.split "\"([^\"]*)\"|([^\".]+)" key));

  # Whether this nixpkgs has the option to which a key belongs. Only attribute names are tested, down
  # to the option and not into it: which attributes this module defines must not depend on the value
  # of a declaration, because a declaration may itself need the whole configuration.
  hasOption =
    key:
    let
      names = path key;
      depth = optionDepths.${key} or (builtins.length names);
      hasNames =
        set: remaining:
        remaining == [ ]
        || (
          set ? ${builtins.head remaining}
          && hasNames set.${builtins.head remaining} (builtins.tail remaining)
        );
    in
    hasNames options (lib.take depth names);

  present = lib.filterAttrs (key: _: hasOption key);
  absent = builtins.filter (key: !hasOption key) (builtins.attrNames (settings // additions));

  declared =
    sysctls
    // present settings
    // present additions
    // kernelParams
    // lib.genAttrs blockedModules (_: true);

  # A value that JSON can represent, without references to the Nix store.
  plain =
    value:
    if builtins.isString value then
      builtins.unsafeDiscardStringContext value
    else if builtins.isList value then
      map plain value
    else if builtins.isFunction value then
      "a function"
    else if builtins.isPath value || value ? outPath then
      builtins.unsafeDiscardStringContext (toString value)
    else if builtins.isAttrs value then
      builtins.mapAttrs (_: plain) value
    else
      value;

  # The value of an option in the whole configuration; null if it has none.
  optionValue =
    key:
    let
      value = plain (lib.attrByPath (path key) null config);
      attempt = builtins.tryEval (builtins.deepSeq value value);
    in
    if attempt.success then attempt.value else null;

  # A sysctl value as the kernel reads it: true is 1, and words are separated by white space.
  sysctlWords =
    value:
    if builtins.isBool value then
      (if value then "1" else "0")
    else if value == null then
      null
    else
      builtins.filter (word: builtins.isString word && word != "") (
        builtins.split "[ \t\n]+" (toString value)
      );
  isSame = a: b: toString (sysctlWords a) == toString (sysctlWords b) && (a == null) == (b == null);

  configuredSysctl = name: plain (config.boot.kernel.sysctl.${name} or null);

  # The configured keys of single interfaces that a key with a * also matches.
  interfaceKeys =
    key:
    let
      around = lib.splitString "*" key;
      isMatch =
        name: lib.hasPrefix (builtins.head around) name && lib.hasSuffix (lib.last around) name;
    in
    if builtins.length around == 2 then
      builtins.filter isMatch (builtins.attrNames config.boot.kernel.sysctl)
    else
      [ ];

  # Aliases of a key, and keys of single interfaces, that the host sets to a different value.
  conflictingKeys =
    key:
    builtins.filter (
      name:
      !(sysctls ? ${name})
      && configuredSysctl name != null
      && !isSame (configuredSysctl name) sysctls.${key}
    ) (aliases.${key} or [ ] ++ interfaceKeys key);

  # The value that the kernel ends up with. Keys are applied in the order of their names, keys with
  # a * first, and the last assignment wins.
  effectiveSysctl =
    key:
    let
      later = builtins.filter (name: key < name || builtins.elem name (interfaceKeys key)) (
        conflictingKeys key
      );
    in
    configuredSysctl (if later == [ ] then key else lib.last later);

  isLike =
    a: b: builtins.replaceStrings [ "-" ] [ "_" ] a == builtins.replaceStrings [ "-" ] [ "_" ] b;

  # The kernel uses the last parameter of a name.
  parameterName = word: builtins.head (lib.splitString "=" word);
  parameter =
    name:
    let
      isMatch = word: isLike (parameterName word) name;
      matches = builtins.filter isMatch (plain config.boot.kernelParams);
      word = lib.last matches;
    in
    if matches == [ ] then
      null
    else if parameterName word == word then
      true
    else
      lib.removePrefix (parameterName word + "=") word;

  isBlocked = name: builtins.any (isLike name) (plain config.boot.blacklistedKernelModules);

  effective =
    builtins.mapAttrs (key: _: effectiveSysctl key) sysctls
    // builtins.mapAttrs (key: _: if hasOption key then optionValue key else null) (
      settings // additions
    )
    // builtins.mapAttrs (name: _: parameter name) kernelParams
    // lib.genAttrs blockedModules isBlocked;

  show = builtins.toJSON;
  has = value: if value == null then "leaves it unset" else "has ${show value}";

  # The files of the host's configuration that define an option's value.
  origin =
    names: isRelevant:
    let
      definitions = (lib.attrByPath names { } options).definitionsWithLocations or [ ];
      others = builtins.filter (it: toString it.file != source && isRelevant it.value) definitions;
      files = lib.unique (map (it: plain (toString it.file)) others);
    in
    lib.optionalString (files != [ ]) " (from ${builtins.concatStringsSep ", " files})";

  bare = value: if value ? _type && value ? content then bare value.content else value;
  sysctlOrigin =
    name:
    origin [ "boot" "kernel" "sysctl" ] (
      value: value ? ${name} && isSame (bare value.${name}) (configuredSysctl name)
    );

  # How the host's configuration deviates from an approved setting; null where it does not.
  sysctlDeviation =
    key: value:
    let
      describe = name: "${name} = ${show (configuredSysctl name)}${sysctlOrigin name}";
    in
    if conflictingKeys key != [ ] then
      "has ${builtins.concatStringsSep ", " (map describe (conflictingKeys key))}"
    else if isSame (configuredSysctl key) value then
      null
    else
      has (configuredSysctl key) + sysctlOrigin key;

  settingDeviation =
    key: value:
    if optionValue key == value then
      null
    else
      has (optionValue key) + origin (path key) (_: true);

  # An enabled sshd opens its own ports, so these are expected.
  ownPorts =
    if config.services.openssh.enable or false then config.services.openssh.ports or [ ] else [ ];

  additionDeviation =
    key: value:
    let
      actual = if optionValue key == null then [ ] else optionValue key;
      # An element may be a set, to which NixOS adds the members that nobody gave.
      stated = item: if builtins.isAttrs item then lib.filterAttrs (_: v: v != null) item else item;
      isThere =
        item:
        if builtins.isString actual then
          builtins.replaceStrings [ item ] [ "" ] actual != actual
        else
          builtins.elem item (map stated actual);
      missing = builtins.filter (item: !isThere item) (lib.toList value);
      ports = builtins.match "networking\\.firewall\\..*allowed(TCP|UDP)Port(s|Ranges)" key;
      expected = value ++ lib.optionals (lib.hasSuffix "TCPPorts" key) ownPorts;
      extra = lib.optionals (ports != null) (
        builtins.filter (port: !builtins.elem port expected) actual
      );
      isExtra = builtins.any (port: builtins.elem port extra);
    in
    if missing != [ ] then
      "lacks ${show missing}${origin (path key) (_: true)}"
    else if extra != [ ] then
      "also opens ${show extra}${origin (path key) isExtra}"
    else
      null;

  parameterDeviation =
    name: value:
    let
      isMatch = word: isLike (parameterName word) name;
    in
    if parameter name == value then
      null
    else
      has (parameter name) + origin [ "boot" "kernelParams" ] (builtins.any isMatch);

  blockedModuleDeviation =
    name:
    if isBlocked name then
      null
    else
      "does not block it${origin [ "boot" "blacklistedKernelModules" ] (_: true)}";

  deviations =
    builtins.mapAttrs sysctlDeviation sysctls
    // builtins.mapAttrs settingDeviation (present settings)
    // builtins.mapAttrs additionDeviation (present additions)
    // builtins.mapAttrs parameterDeviation kernelParams
    // lib.genAttrs blockedModules blockedModuleDeviation;

  overridden = builtins.filter (key: deviations.${key} != null) (builtins.attrNames deviations);
  isMandatory = key: builtins.elem key mandatory;
  unexplained = builtins.filter (key: !(isMandatory key || cfg.exceptions ? ${key})) overridden;
  unexplainedWarning =
    key:
    "Palisade: ${key} is approved as ${show declared.${key}}, but this configuration "
    + "${deviations.${key}}. Take that out, or say why it has to be so: "
    + "${exceptionFor key}.reason = \"...\";";
  exceptionFor =
    key: "hardening.exceptions.${builtins.replaceStrings [ "$" ] [ "\\$" ] (show key)}";
in
{
  _file = source;

  options.hardening = {
    enable = lib.mkOption {
      type = lib.types.bool;
      default = true;
      description = "Whether to declare the settings of the release. profile.json reports it.";
    };

    exceptions = lib.mkOption {
      type = lib.types.attrsOf (
        lib.types.submodule {
          options.reason = lib.mkOption {
            type = lib.types.nonEmptyStr;
            description = "Why this host has to differ.";
          };
        }
      );
      default = { };
      description = "Why this host overrides settings, by key. An exception lifts no requirement.";
    };
  };

  config = lib.mkMerge [
    (lib.mkIf cfg.enable (
      lib.mkMerge (
        [
          (lib.optionalAttrs (sysctls != { }) {
            boot.kernel.sysctl = builtins.mapAttrs (_: preferred) sysctls;
          })
          (lib.optionalAttrs (kernelParams != { }) {
            boot.kernelParams = lib.mapAttrsToList (
              name: value: if value == true then name else "${name}=${value}"
            ) kernelParams;
          })
          (lib.optionalAttrs (blockedModules != [ ]) {
            boot.blacklistedKernelModules = blockedModules;
          })
          (lib.optionalAttrs (kernelModules != [ ]) { boot.kernelModules = kernelModules; })
        ]
        ++ lib.mapAttrsToList (key: value: lib.setAttrByPath (path key) (preferred value)) (
          present settings
        )
        ++ lib.mapAttrsToList (key: value: lib.setAttrByPath (path key) value) (
          lib.filterAttrs (_: value: value != [ ]) (present additions)
        )
      )
    ))
    {
      warnings =
        if cfg.enable then
          map unexplainedWarning unexplained
          ++ map (key: "Palisade: ${key} is mandatory, but this nixpkgs has no such option.") (
            builtins.filter isMandatory absent
          )
          ++ map (key: "Palisade: ${exceptionFor key} explains no setting of the release.") (
            builtins.filter (key: !(effective ? ${key})) (builtins.attrNames cfg.exceptions)
          )
        else
          [ "Palisade: hardening.enable is false, so nothing of the release is declared." ];

      assertions = map (key: {
        assertion = !cfg.enable || deviations.${key} == null;
        message =
          "Palisade: ${key} must be ${show declared.${key}}, but this configuration "
          + "${toString deviations.${key}}. It is mandatory: take out what sets it. "
          + "An exception explains, and does not lift it.";
      }) (builtins.filter (key: declared ? ${key}) mandatory);

      environment.etc."hardening/profile.json".text = builtins.toJSON {
        schema = "palisade.profile/1";
        inherit
          absent
          effective
          mandatory
          profiles
          release
          ;
        enabled = cfg.enable;
        declared = if cfg.enable then declared else { };
        overridden = if cfg.enable then overridden else [ ];
        exceptions = builtins.mapAttrs (_: it: { inherit (it) reason; }) cfg.exceptions;
      };
    }
  ];
}
