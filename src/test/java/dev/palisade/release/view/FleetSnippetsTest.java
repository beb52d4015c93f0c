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
        .contains("inputs.fleet.nixosModules.\"2nd.example\"");
  }
}
