# As much of NixOS as the agent's module asks for: options with defaults, mkIf that keeps its value, packages that are paths.
{ module, settings }:

let
  lib = {
    mkOption = option: option // { _type = "option"; };
    mkEnableOption = description: lib.mkOption { default = false; };
    mkIf = condition: value: if condition then value else { };
    hasPrefix = prefix: text: builtins.substring 0 (builtins.stringLength prefix) text == prefix;
    concatStringsSep = builtins.concatStringsSep;
    concatMapStringsSep = separator: f: list: builtins.concatStringsSep separator (map f list);
    replaceStrings = builtins.replaceStrings;
    types = {
      str = "str";
      ints.positive = "positive";
      nullOr = type: "null or ${type}";
      listOf = type: "list of ${type}";
    };
  };

  defaults =
    options: builtins.mapAttrs (name: option: if option ? _type then option.default or null else defaults option) options;

  update =
    left: right:
    left
    // builtins.mapAttrs (
      name: value: if builtins.isAttrs value && left ? ${name} then update left.${name} value else value
    ) right;

  result = import module {
    inherit lib;
    pkgs = {
      runtimeShell = "/bin/bash";
    }
    // builtins.listToAttrs (
      map
        (name: {
          inherit name;
          value = "/packages/${name}";
        })
        [
          "coreutils"
          "curl"
          "gawk"
          "gnugrep"
          "gnused"
          "gzip"
          "iproute2"
          "iptables"
          "jq"
          "nftables"
          "openssh"
          "openssl"
          "procps"
        ]
    );
    config = {
      networking.hostName = "own-name";
      nix.nixPath = [ "nixpkgs=/channels/nixos" ];
      services.palisade-agent = update (defaults result.options.services.palisade-agent) settings;
    };
  };
in
result.config
