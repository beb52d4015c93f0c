package dev.palisade.agent.view;

import dev.palisade.agent.application.ReadAgentModule;
import dev.palisade.core.Digest;
import dev.palisade.core.PortalAddress;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/** How a host gets the agent. */
@Named("hostAgent")
@RequestScoped
public class HostAgentBacking {

  @Inject private ReadAgentModule modules;

  private String name = "";

  /** The lines for a configuration that keeps the module beside it. */
  public String getConfiguration() {
    return """
        imports = [ ./palisade-agent.nix ];
        services.palisade-agent = {
          enable = true;
          tokenFile = "/var/lib/secrets/palisade-token";
        };""";
  }

  /** What a flake has among its inputs to take the agent. */
  public String getFlakeInput() {
    return "inputs.palisade-agent.url = \"%s\";".formatted(PortalAddress.of("/nix/agent.tar.gz"));
  }

  /** What it has in the host's list of modules. */
  public String getFlakeModule() {
    return "inputs.palisade-agent.nixosModules.default";
  }

  /** What lets a host without flakes follow the portal by itself. */
  public String getUpdater() {
    return """
        services.palisade-agent.updater.enable = true;
        imports = [
          ./palisade-agent.nix
        ]
        ++ (
          let
            pin = /var/lib/palisade-agent/release.json;
            release = builtins.fromJSON (builtins.readFile pin);
          in
          if builtins.pathExists pin then
            [
              (builtins.fetchTarball {
                inherit (release) url;
                sha256 = release.narHash;
              })
            ]
          else
            [ ]
        );""";
  }

  /** The same for a host with a flake whose input is called {@code hardening}. */
  public String getFlakeUpdater() {
    return """
        services.palisade-agent.updater = {
          enable = true;
          command = "nixos-rebuild switch --flake /etc/nixos --override-input hardening \\"$PALISADE_RELEASE_URL\\"";
        };""";
  }

  /** SHA-256 of the module's one file. */
  public String getDigest() {
    return Digest.of(modules.of(name).text()).hex();
  }

  public String getName() {
    return name;
  }

  public void setName(String name) {
    this.name = name;
  }
}
