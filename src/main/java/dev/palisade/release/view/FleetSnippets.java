package dev.palisade.release.view;

import dev.palisade.core.PortalAddress;
import dev.palisade.nix.NixText;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;

/** How a machine that builds for many hosts takes their modules. */
@Named("fleetSnippets")
@ApplicationScoped
public class FleetSnippets {

  /** The input that holds the modules of a whole fleet. */
  public String getInput() {
    return "inputs.fleet.url = \"%s\";".formatted(address());
  }

  /** A hive that takes the host's module from the fleet. */
  public String colmena(String host) {
    return """
        let
          fleet = import (builtins.fetchTarball "%s");
        in
        {
          meta.nixpkgs = <nixpkgs>;
          %s.imports = [
            ./hosts/%s.nix
            fleet.%2$s
          ];
        }"""
        .formatted(address(), NixText.attributeName(host), host);
  }

  /** The outputs of a flake that builds the host with its module from the fleet and deploys it. */
  public String deployRs(String host) {
    return """
        nixosConfigurations.%s = nixpkgs.lib.nixosSystem {
          modules = [
            ./hosts/%s.nix
            inputs.fleet.nixosModules.%1$s
          ];
        };
        deploy.nodes.%1$s.profiles.system.path =
          deploy-rs.lib.x86_64-linux.activate.nixos self.nixosConfigurations.%1$s;"""
        .formatted(NixText.attributeName(host), host);
  }

  private static String address() {
    return PortalAddress.of("/nix/fleet.tar.gz");
  }
}
