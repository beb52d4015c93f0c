package dev.palisade.release.view;

import dev.palisade.core.Digest;
import dev.palisade.core.PortalAddress;
import dev.palisade.release.FleetRelease;
import dev.palisade.release.application.ReadReleases;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Optional;

/** What a delivery token fetches now. */
@Named("fleetRelease")
@RequestScoped
public class FleetReleaseBacking {

  @Inject private ReadReleases releases;

  private Optional<FleetRelease> fleet;

  /** Null while none of the token's hosts was offered anything. */
  public FleetRelease of(long deliveryToken) {
    if (fleet == null) {
      fleet = releases.fetchedBy(deliveryToken);
    }
    return fleet.orElse(null);
  }

  /** SHA-256 of the {@code .tar.gz}. */
  public String getArchiveDigest() {
    return Digest.of(fleet.orElseThrow().archive()).hex();
  }

  /** The commands that compare the download with what the page says of it. */
  public String getCheck() {
    return """
        echo '%s  fleet.tar.gz' | sha256sum --check
        # prints %s
        tar -xzf fleet.tar.gz
        nix --extra-experimental-features nix-command hash path fleet"""
        .formatted(getArchiveDigest(), fleet.orElseThrow().narHash());
  }

  /** The import that pins what is fetched now by its hash. */
  public String getFetchTarball() {
    return """
        builtins.fetchTarball {
          url = "%s";
          sha256 = "%s";
        }"""
        .formatted(PortalAddress.of("/nix/fleet.tar.gz"), fleet.orElseThrow().narHash());
  }
}
