# Some options of NixOS and how its modules set them, for modules.nix beside this file: types, defaults and priorities as
# NixOS has them. Each attribute is a module that a test may leave out, as an older nixpkgs would.
let
  inherit (import ./modules.nix) lib;
  inherit (lib) types;
  option = type: default: lib.mkOption { inherit type default; };
  flag = option types.bool;
  ports = lib.mkOption {
    type = types.listOf types.port;
    default = [ ];
    apply = list: lib.unique (builtins.sort builtins.lessThan list);
  };
  ranges = option (types.listOf (types.attrsOf types.port)) [ ];
  perInterface = {
    allowedTCPPorts = ports;
    allowedUDPPorts = ports;
  };
in
{
  toplevel.options = {
    _module.args = option (types.attrsOf types.anything) { };
    assertions = option (types.listOf types.anything) [ ];
    warnings = option (types.listOf types.str) [ ];
    environment.etc = option (types.attrsOf (
      types.submodule { options.text = lib.mkOption { type = types.lines; }; }
    )) { };
  };

  kernel = {
    options = {
      boot = {
        blacklistedKernelModules = option (types.listOf types.str) [ ];
        kernel.sysctl = option (types.attrsOf types.sysctl) { };
        kernelModules = option (types.listOf types.str) [ ];
        kernelParams = option (types.listOf types.str) [ ];
      };
    };
    config.boot = {
      kernelParams = [ "loglevel=4" ];
      kernel.sysctl = {
        "kernel.kptr_restrict" = lib.mkDefault 1;
        "net.ipv4.conf.all.forwarding" = lib.mkDefault false;
        "net.ipv4.conf.default.forwarding" = lib.mkDefault false;
      };
    };
  };

  firewall =
    { config, utils, ... }:
    with utils;
    {
      options.networking = {
        firewall = perInterface // {
          enable = toggle true;
          allowPing = toggle true;
          allowedTCPPortRanges = ranges;
          allowedUDPPortRanges = ranges;
          checkReversePath = declare (types.either types.bool (types.enum [ "strict" "loose" ])) true;
          backend = declare (types.enum [ "iptables" "nftables" "firewalld" ]) "iptables";
          extraForwardRules = declare types.lines "";
          extraReversePathFilterRules = declare types.lines "";
          filterForward = toggle false;
          filterOutput.enabled = toggle false;
          extraCommands = declare types.lines "";
          extraInputRules = declare types.lines "";
          interfaces = declare (types.attrsOf (types.submodule { options = perInterface; })) { };
          logRefusedConnections = toggle true;
          logRefusedPackets = toggle false;
          logRefusedUnicastsOnly = toggle true;
          logReversePathDrops = toggle false;
          pingLimit = declare (types.nullOr types.separated) null;
          rejectPackets = toggle false;
          trustedInterfaces = declare (types.listOf types.str) [ ];
          autoLoadConntrackHelpers = toggle false;
          connectionTrackingModules = declare (types.listOf types.str) [ ];
        };
        nftables.enable = toggle false;
      };
      config = {
        networking.firewall.trustedInterfaces = [ "lo" ];
        assertions = [
          {
            assertion = config.networking.nftables.enable -> config.networking.firewall.extraCommands == "";
            message = "extraCommands is incompatible with the nftables based firewall";
          }
        ];
      };
    };

  openssh =
    { config, ... }:
    let
      cfg = config.services.openssh;
    in
    {
      options.services.openssh = {
        enable = flag false;
        authorizedKeysInHomedir = flag true;
        listenAddresses = option (types.listOf (
          types.submodule {
            options = {
              addr = option (types.nullOr types.str) null;
              port = option (types.nullOr types.int) null;
            };
          }
        )) [ ];
        openFirewall = flag true;
        ports = option (types.listOf types.port) [ 22 ];
        settings = option (types.submoduleWith {
          options = {
            AllowUsers = option (types.nullOr (types.listOf types.str)) null;
            Ciphers = option (types.nullOr (types.listOf types.str)) [ "aes256-gcm@openssh.com" ];
            KbdInteractiveAuthentication = option (types.nullOr types.bool) true;
            KexAlgorithms = option (types.nullOr (types.listOf types.str)) [ "curve25519-sha256" ];
            LogLevel = option (types.nullOr (
              types.enum [ "QUIET" "FATAL" "ERROR" "INFO" "VERBOSE" "DEBUG" "DEBUG1" "DEBUG2" "DEBUG3" ]
            )) "INFO";
            Macs = option (types.nullOr (types.listOf types.str)) [ "hmac-sha2-512" ];
            PasswordAuthentication = option (types.nullOr types.bool) true;
            PermitRootLogin = option (types.nullOr (
              types.enum [ "yes" "without-password" "prohibit-password" "forced-commands-only" "no" ]
            )) "prohibit-password";
            UseDns = option (types.nullOr types.bool) false;
            X11Forwarding = option (types.nullOr types.bool) false;
          };
        } types.atom) { };
      };
      config.networking.firewall.allowedTCPPorts = lib.mkIf (cfg.enable && cfg.openFirewall) cfg.ports;
    };

  nat =
    { config, ... }:
    {
      options.networking.nat.enable = flag false;
      config = lib.mkIf config.networking.nat.enable {
        boot.kernelModules = [ "nf_nat_ftp" ];
        boot.kernel.sysctl = {
          "net.ipv4.conf.all.forwarding" = lib.mkOverride 99 true;
          "net.ipv4.conf.default.forwarding" = lib.mkOverride 99 true;
        };
      };
    };

  docker =
    { config, ... }:
    {
      options.virtualisation.docker.enable = flag false;
      config = lib.mkIf config.virtualisation.docker.enable {
        boot.kernelModules = [ "bridge" "veth" ];
        boot.kernel.sysctl = {
          "net.ipv4.conf.all.forwarding" = lib.mkOverride 98 true;
          "net.ipv4.conf.default.forwarding" = lib.mkOverride 98 true;
        };
      };
    };

  # As several files of NixOS do, the modules of the firewall, the network and security open with “with utils;”, and utils
  # comes from _module.args, which needs the names of all definitions. A module whose definitions depend on the value of
  # one of these declarations therefore evaluates to an infinite recursion.
  arguments._module.args.utils = {
    declare = option;
    toggle = flag;
  };

  network =
    { utils, ... }:
    with utils;
    {
      options.networking = {
        enableIPv6 = toggle true;
        tempAddresses = declare (types.enum [ "disabled" "enabled" "default" ]) "default";
        useDHCP = toggle true;
      };
    };

  security =
    { utils, ... }:
    with utils;
    {
      options = {
        security = {
          allowSimultaneousMultithreading = toggle true;
          allowUserNamespaces = toggle true;
          apparmor.enable = toggle false;
          forcePageTableIsolation = toggle false;
          lockKernelModules = toggle false;
          protectKernelImage = toggle false;
          unprivilegedUsernsClone = toggle false;
        };
        services.fail2ban.enable = toggle false;
      };
    };
}
