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
  perInterface = {
    allowedTCPPorts = ports;
    allowedUDPPorts = ports;
  };
in
{
  toplevel.options = {
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
      security = {
        lockKernelModules = flag false;
        protectKernelImage = flag false;
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
    { config, ... }:
    {
      options.networking = {
        firewall = perInterface // {
          enable = flag true;
          allowPing = flag true;
          allowedTCPPortRanges = option (types.listOf types.anything) [ ];
          allowedUDPPortRanges = option (types.listOf types.anything) [ ];
          checkReversePath = option (types.enum [ true false "strict" "loose" ]) true;
          extraCommands = option types.lines "";
          extraInputRules = option types.lines "";
          interfaces = option (types.attrsOf (types.submodule { options = perInterface; })) { };
          logRefusedConnections = flag true;
          logRefusedPackets = flag false;
          logRefusedUnicastsOnly = flag true;
          logReversePathDrops = flag false;
          pingLimit = option types.anything null;
          rejectPackets = flag false;
          trustedInterfaces = option (types.listOf types.str) [ ];
          autoLoadConntrackHelpers = flag false;
          connectionTrackingModules = option (types.listOf types.str) [ ];
        };
        nftables.enable = flag false;
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
        listenAddresses = option (types.listOf types.anything) [ ];
        openFirewall = flag true;
        ports = option (types.listOf types.port) [ 22 ];
        settings = option (types.submoduleWith {
          options = {
            PasswordAuthentication = flag true;
            PermitRootLogin = option (types.enum [ "yes" "prohibit-password" "no" ]) "prohibit-password";
            X11Forwarding = flag false;
          };
        } types.anything) { };
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

  others.options = {
    networking.enableIPv6 = flag true;
    networking.tempAddresses = option (types.enum [ "disabled" "enabled" "default" ]) "default";
    services.fail2ban.enable = flag false;
  };
}
