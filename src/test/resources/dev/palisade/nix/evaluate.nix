# What modules of a host come to beside NixOS, as JSON can hold it.
#
# hosts: for each name { modules, without? }, where without names the modules of nixos.nix that are not there.
hosts:
let
  system = import ./modules.nix;
  nixos = import ./nixos.nix;
  evaluate =
    name:
    {
      modules,
      without ? [ ],
    }:
    let
      inherit (system.evalModules (builtins.attrValues (removeAttrs nixos without) ++ modules)) config;
      failed = builtins.filter (it: !it.assertion) config.assertions;
      profile = config.environment.etc."hardening/profile.json" or null;
    in
    {
      config = removeAttrs config [
        "_module"
        "assertions"
        "environment"
        "hardening"
        "warnings"
      ];
      inherit (config) warnings;
      failed = map (it: it.message) failed;
      profile = if profile == null then null else builtins.fromJSON profile.text;
    };
in
builtins.mapAttrs evaluate hosts
