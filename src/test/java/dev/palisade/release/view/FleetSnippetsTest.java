package dev.palisade.release.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FleetSnippetsTest {

  private final FleetSnippets snippets = new FleetSnippets();

  @Test
  void inputAndOutputsAreTwoSnippets() {
    assertThat(snippets.getInput()).startsWith("inputs.fleet.url = \"").doesNotContain("\n");
    assertThat(snippets.deployRs("nas"))
        .startsWith("nixosConfigurations.nas = ")
        .contains("inputs.fleet.nixosModules.nas")
        .doesNotContain(snippets.getInput());
  }

  @Test
  void namesThatNixCannotReadAreQuoted() {
    assertThat(snippets.deployRs("2nd.example"))
        .contains("nixosConfigurations.\"2nd.example\"")
        .contains("inputs.fleet.nixosModules.\"2nd.example\"")
        .contains("deploy.nodes.\"2nd.example\".")
        .contains("self.nixosConfigurations.\"2nd.example\";")
        .contains("./hosts/2nd.example.nix");
    assertThat(snippets.colmena("2nd.example"))
        .contains("\"2nd.example\".imports = [")
        .contains("fleet.\"2nd.example\"\n");
  }
}
