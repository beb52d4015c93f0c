package dev.palisade.release.view;

import dev.palisade.core.Digest;
import dev.palisade.core.PortalAddress;
import dev.palisade.release.FleetRelease;
import dev.palisade.release.application.ReadReleases;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Optional;

/** What a delivery token fetches now. A page shows one token's. */
@Named("fleetRelease")
@RequestScoped
public class FleetReleaseBacking {

  /**
   * The file and what it is checked by.
   *
   * @param sha256 of the {@code .tar.gz}
   */
  public record Shown(int hosts, String sha256, String narHash) {

    private static Shown of(FleetRelease fleet) {
      return new Shown(fleet.hosts(), Digest.of(fleet.archive()).hex(), fleet.narHash());
    }

    /** The commands that compare the download with what the page says of it. */
    public String check() {
      return """
          echo '%s  fleet.tar.gz' | sha256sum --check
          # prints %s
          tar -xzf fleet.tar.gz
          nix --extra-experimental-features nix-command hash path fleet"""
          .formatted(sha256, narHash);
    }

    /** The import that pins what is fetched now by its hash. */
    public String fetchTarball() {
      return """
          builtins.fetchTarball {
            url = "%s";
            sha256 = "%s";
          }"""
          .formatted(PortalAddress.of("/nix/fleet.tar.gz"), narHash);
    }
  }

  @Inject private ReadReleases releases;

  private Optional<Shown> shown;

  /** Null where the token fetches nothing. */
  public Shown of(long deliveryToken) {
    if (shown == null) {
      shown = releases.fetchedBy(deliveryToken).map(Shown::of);
    }
    return shown.orElse(null);
  }
}
