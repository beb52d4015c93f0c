package dev.palisade.release.view;

import dev.palisade.core.Digest;
import dev.palisade.core.DomainException;
import dev.palisade.core.PortalAddress;
import dev.palisade.core.Problem;
import dev.palisade.nix.NixText;
import dev.palisade.release.Offer;
import dev.palisade.release.Release;
import dev.palisade.release.application.ReadReleases;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.net.URI;
import java.util.Optional;

/** What a host was offered, and how it gets it. */
@Named("hostRelease")
@RequestScoped
public class HostReleaseBacking {

  @Inject private ReadReleases releases;

  private String name;
  private Optional<Offer> offer;
  private Optional<String> refusal;

  private Optional<Offer> expected() {
    if (offer == null) {
      offer = releases.expectedBy(name);
    }
    return offer;
  }

  /** What the host is expected to run, or null. */
  public Offer getOffer() {
    return expected().orElse(null);
  }

  /** Why the release is not handed out, as it is not what was approved; null where it is. */
  public String getRefusal() {
    if (refusal == null) {
      refusal = expected().flatMap(any -> refused());
    }
    return refusal.orElse(null);
  }

  private Optional<String> refused() {
    try {
      releases.offeredTo(name);
      return Optional.empty();
    } catch (DomainException e) {
      if (e.problem() != Problem.TAMPERED) {
        throw e;
      }
      return Optional.of(e.detail());
    }
  }

  /** What a flake has among its inputs: the host's newest release. */
  public String getFlakeInput() {
    return "inputs.hardening.url = \"%s\";"
        .formatted(PortalAddress.of("/nix/hosts/" + name + "/latest.tar.gz"));
  }

  /** The same for a Nix that does not lock what a moving address leads to. */
  public String getPinnedFlakeInput() {
    return "inputs.hardening.url = \"%s\";".formatted(releaseAddress());
  }

  /** What the flake has among its outputs: the host with the module of that input. */
  public String getFlakeModule() {
    return """
        outputs = inputs@{ nixpkgs, ... }: {
          nixosConfigurations.%s = nixpkgs.lib.nixosSystem {
            modules = [
              ./configuration.nix
              inputs.hardening.nixosModules.default
            ];
          };
        };"""
        .formatted(NixText.attributeName(name));
  }

  /** The command that proves the downloads. */
  public String getVerify() {
    return """
        java -jar palisade.jar verify-release %s.proof.json --host %s \\
          --key journal-signing-key.pub --module module.nix"""
        .formatted(release().getDigest().brief(), name);
  }

  /** The commands that compare the downloads with what the page says of them. */
  public String getCheck() {
    return """
        sha256sum --check <<'END'
        %s  module.nix
        %s  module.tar.gz
        %s  sysctl.conf
        END
        # prints %s
        tar -xzf module.tar.gz
        nix --extra-experimental-features nix-command hash path hardening"""
        .formatted(
            getModuleDigest(), getArchiveDigest(), getSysctlDigest(), release().getNarHash());
  }

  /** SHA-256 of {@code module.nix}. */
  public String getModuleDigest() {
    return Digest.of(release().getModule()).hex();
  }

  /** SHA-256 of {@code module.tar.gz}. */
  public String getArchiveDigest() {
    return Digest.of(release().archive()).hex();
  }

  /** SHA-256 of {@code sysctl.conf}. */
  public String getSysctlDigest() {
    return Digest.of(release().sysctlConf()).hex();
  }

  private Release release() {
    return expected().orElseThrow().getRelease();
  }

  private String releaseAddress() {
    return PortalAddress.of("/nix/releases/" + release().getDigest() + ".tar.gz");
  }

  /** The import that pins this release by its hash. */
  public String getFetchTarball() {
    return """
        imports = [
          (builtins.fetchTarball {
            url = "%s";
            sha256 = "%s";
          })
        ];"""
        .formatted(releaseAddress(), release().getNarHash());
  }

  /** The line of a netrc file, with a placeholder for the token. */
  public String getNetrc() {
    return "machine %s login %s password <token>"
        .formatted(URI.create(PortalAddress.of("/")).getHost(), name);
  }

  /** Sends this machine's running sysctls. */
  public String getSendEvidence() {
    return "sysctl -a | curl --data-binary @- -H 'Content-Type: text/plain' --netrc-file /etc/nix/netrc \\\n  "
        + PortalAddress.of("/agent/v1/reports");
  }

  public String getName() {
    return name;
  }

  public void setName(String name) {
    this.name = name;
  }
}
