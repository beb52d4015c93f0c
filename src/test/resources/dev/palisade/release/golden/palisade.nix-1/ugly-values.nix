# Palisade release 422c665dd61bb213ad9b02f74661a605d90a389c14d3e300468149b2e6cd00fb
# Approved: ugly v1 72de275ac0b40947de8bd2f8dfa8a150c01a7688c6b9534e5ad23dff173a0e99
# Parameter: lan = eth0.100
{ lib, ... }:

{
  boot = {
    blacklistedKernelModules = [ "usb-storage" ];
    kernel.sysctl = {
      # turned  separated  bell
      "kernel.core_pattern" = lib.mkOverride 900 "|/bin/\${false} '' \\ \" \$\$ \t tab";
      # word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word word
      "kernel.perf_event_paranoid" = lib.mkOverride 900 (-1);
      # #{7*7} <script>
      "net.ipv4.conf.\"; abort \"x.rp_filter" = lib.mkOverride 900 2147483647;
      "net.ipv4.ip_forward" = lib.mkOverride 900 0;
      "net.ipv4.tcp_rmem" = lib.mkOverride 900 "4096 -1 6291456";
    };
    kernelModules = [
      "tun"
      "nf_conntrack"
    ];
    kernelParams = [ "crash\"\\ \$kernel=\${x} \"''\\" ];
  };
  networking.firewall = {
    allowedTCPPortRanges = [
      { from = 8000; to = 8010; }
      { from = 1; to = 2; }
    ];
    allowedTCPPorts = [
      443
      80
    ];
    extraCommands = "iptables -A nixos-fw -s \"\$LAN\" -j ACCEPT\n# ''\${x}\n";
    interfaces."eth0.100".allowedTCPPorts = [ 22 ];
  };
  services.openssh.settings = {
    Ciphers = lib.mkOverride 900 [
      "a\"b"
      "\${c}"
    ];
    Offsets = lib.mkOverride 900 [
      (-1)
      2
    ];
    # A keyword as a name
    "or" = lib.mkOverride 900 false;
  };
}
