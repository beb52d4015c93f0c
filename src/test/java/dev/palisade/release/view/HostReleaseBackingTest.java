package dev.palisade.release.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HostReleaseBackingTest {

  @Test
  void flakeSnippetsAreForTheirTwoPlaces() {
    HostReleaseBacking host = new HostReleaseBacking();
    host.setName("nas");
    assertThat(host.getFlakeInput())
        .startsWith("inputs.hardening.url = \"")
        .endsWith("/nix/hosts/nas/latest.tar.gz\";")
        .doesNotContain("modules");
    assertThat(host.getFlakeModule())
        .contains("nixosConfigurations.nas = nixpkgs.lib.nixosSystem")
        .contains("inputs.hardening.nixosModules.default")
        .doesNotContain(".url");
  }
}
