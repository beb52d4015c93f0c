{
  config,
  lib,
  pkgs,
  ...
}:

let
  cfg = config.services.palisade-agent;
  bash = pkgs.runtimeShell;
  collect = builtins.toFile "palisade-collect.sh" (builtins.readFile ./collect.sh);
  send = builtins.toFile "palisade-send.sh" (builtins.readFile ./send.sh);
  update = builtins.toFile "palisade-update.sh" (builtins.readFile ./update.sh);
  evidence = "/run/palisade-agent/evidence.json";

  # What no unit here needs.
  confined = {
    LockPersonality = true;
    MemoryDenyWriteExecute = true;
    NoNewPrivileges = true;
    PrivateTmp = true;
    ProtectClock = true;
    ProtectControlGroups = true;
    ProtectHome = true;
    ProtectHostname = true;
    ProtectSystem = "strict";
    RestrictNamespaces = true;
    RestrictRealtime = true;
    RestrictSUIDSGID = true;
    SystemCallArchitectures = "native";
    UMask = "0077";
  };

  option =
    type: default: description:
    lib.mkOption {
      inherit type default description;
    };
in
{
  options.services.palisade-agent = {
    enable = lib.mkEnableOption "the agent that reports to Palisade what this host runs";
    url = option lib.types.str "@portal@" "Address of the portal.";
    host = option lib.types.str config.networking.hostName "Name of this host at the portal.";
    tokenFile = lib.mkOption {
      type = lib.types.str;
      example = "/var/lib/secrets/palisade-token";
      description = ''
        File with the token of this host, readable by root alone. It is text on purpose: Nix would copy a path into the store, where everybody can read it.
      '';
    };
    hostKeyFile = option (lib.types.nullOr lib.types.str) "/etc/ssh/ssh_host_ed25519_key" "Private SSH key of this host, which signs its evidence; null: evidence is not signed.";
    interval = option lib.types.str "*:0/15" "When it reports, as a calendar event of systemd.";
    randomizedDelay = option lib.types.str "5min" "By how much each report is put off at most, so that hosts do not report all at once.";
    publicKeys = option (lib.types.listOf lib.types.str) [ "@publicKey@" ] "Pinned keys of the portal. The updater takes no release but one that such a key signed for this host.";
    updater = {
      enable = lib.mkEnableOption "switching to what the portal wants, where a pinned key signed it";
      command = option lib.types.str "nixos-rebuild switch" ''
        Builds and switches. It finds the release in /var/lib/palisade-agent/release.json (url, narHash, release, number) and in PALISADE_RELEASE_URL, which fits --override-input.
      '';
      interval = option lib.types.str "*:0/30" "When it asks the portal, as a calendar event of systemd.";
      confirmMinutes = option lib.types.ints.positive 10 "Minutes within which the portal must answer this host after a switch; else it goes back.";
    };
  };

  config = lib.mkIf cfg.enable {
    assertions = [
      {
        assertion = !lib.hasPrefix builtins.storeDir cfg.tokenFile;
        message = "services.palisade-agent.tokenFile lies in the Nix store, where everybody can read it.";
      }
      {
        assertion = cfg.updater.enable -> cfg.publicKeys != [ ];
        message = "services.palisade-agent.updater needs the portal's key in services.palisade-agent.publicKeys.";
      }
    ];

    # Reads as root, and has no network.
    systemd.services.palisade-collect = {
      description = "Collect evidence for Palisade";
      path = [
        pkgs.coreutils
        pkgs.gawk
        pkgs.gnugrep
        pkgs.gnused
        pkgs.gzip
        pkgs.iproute2
        pkgs.iptables
        pkgs.jq
        pkgs.nftables
        pkgs.openssh
        pkgs.procps
        "/run/current-system/sw"
      ];
      environment.PALISADE_HOST_KEY = if cfg.hostKeyFile == null then "" else cfg.hostKeyFile;
      serviceConfig = confined // {
        Type = "oneshot";
        ExecStart = "${bash} ${collect} ${evidence}";
        RuntimeDirectory = "palisade-agent";
        RuntimeDirectoryMode = "0700";
        RuntimeDirectoryPreserve = true;
        # SYS_ADMIN for net.core.bpf_jit_*, NET_* for the firewall, the others for the names of listening processes.
        CapabilityBoundingSet = [
          "CAP_SYS_ADMIN"
          "CAP_NET_ADMIN"
          "CAP_NET_RAW"
          "CAP_SYS_PTRACE"
          "CAP_DAC_READ_SEARCH"
        ];
        IPAddressDeny = "any";
        ProtectKernelTunables = true;
      };
    };

    # Sends, and has no privilege.
    systemd.services.palisade-agent = {
      description = "Report to Palisade";
      requires = [ "palisade-collect.service" ];
      wants = [ "network-online.target" ];
      after = [
        "network-online.target"
        "palisade-collect.service"
      ];
      path = [
        pkgs.coreutils
        pkgs.curl
        pkgs.gnugrep
        pkgs.gzip
        pkgs.jq
      ];
      environment.PALISADE_URL = cfg.url;
      serviceConfig = confined // {
        Type = "oneshot";
        ExecStart = "${bash} ${send}";
        DynamicUser = true;
        LoadCredential = [
          "token:${cfg.tokenFile}"
          "evidence:${evidence}.gz"
          "signature:${evidence}.sig"
        ];
        CapabilityBoundingSet = "";
        PrivateDevices = true;
        ProtectKernelLogs = true;
        ProtectKernelModules = true;
        ProtectKernelTunables = true;
        RestrictAddressFamilies = [
          "AF_INET"
          "AF_INET6"
          "AF_UNIX"
        ];
      };
    };

    systemd.timers.palisade-agent = {
      description = "Report to Palisade";
      wantedBy = [ "timers.target" ];
      timerConfig = {
        OnBootSec = "2min";
        OnCalendar = cfg.interval;
        RandomizedDelaySec = cfg.randomizedDelay;
      };
    };

    # Rebuilds the system, so it is root and not confined. A switch must not restart it: it waits for the confirmation.
    systemd.services.palisade-update = lib.mkIf cfg.updater.enable {
      description = "Switch to what Palisade wants";
      wants = [ "network-online.target" ];
      after = [ "network-online.target" ];
      restartIfChanged = false;
      unitConfig = {
        X-StopOnRemoval = false;
        OnSuccess = "palisade-agent.service";
        OnFailure = "palisade-agent.service";
      };
      path = [
        pkgs.coreutils
        pkgs.curl
        pkgs.jq
        pkgs.openssl
        "/run/current-system/sw"
      ];
      environment = {
        HOME = "/root";
        NIX_PATH = lib.concatStringsSep ":" config.nix.nixPath;
        PALISADE_URL = cfg.url;
        PALISADE_HOST = cfg.host;
        PALISADE_TOKEN_FILE = cfg.tokenFile;
        PALISADE_PUBLIC_KEYS = lib.concatMapStringsSep " " (builtins.toFile "palisade-key.pem") cfg.publicKeys;
        PALISADE_REBUILD = lib.replaceStrings [ "%" ] [ "%%" ] cfg.updater.command;
        PALISADE_CONFIRM_MINUTES = toString cfg.updater.confirmMinutes;
      };
      serviceConfig = {
        Type = "oneshot";
        ExecStart = "${bash} ${update}";
        StateDirectory = "palisade-agent";
        StateDirectoryMode = "0755";
        TimeoutStartSec = "infinity";
      };
    };

    systemd.timers.palisade-update = lib.mkIf cfg.updater.enable {
      description = "Ask Palisade for the desired release";
      wantedBy = [ "timers.target" ];
      timerConfig = {
        OnBootSec = "1min";
        OnCalendar = cfg.updater.interval;
        RandomizedDelaySec = cfg.randomizedDelay;
      };
    };
  };
}
