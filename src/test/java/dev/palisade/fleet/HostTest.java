package dev.palisade.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palisade.account.Secret;
import dev.palisade.core.DomainException;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostTest {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  @ParameterizedTest
  @ValueSource(strings = {"a", "web-1", "web.example.org", "0"})
  void takesTheNamesThatHostsHave(String name) {
    assertThat(host(name, Map.of()).getName()).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-web", "web-", "Web", "web_1", "a/b", "a b", "ä", "web\n", "${x}"})
  void refusesOtherNames(String name) {
    assertThatThrownBy(() -> host(name, Map.of())).isInstanceOf(DomainException.class);
  }

  @Test
  void namesEveryBadLabelAndKeepsTheOldOnes() {
    Host host = host("web", Map.of("env", "prod"));
    assertThatThrownBy(() -> host.label(Map.of("Env", "prod", "role", "a b")))
        .isInstanceOfSatisfying(
            DomainException.class, refusal -> assertThat(refusal.faults()).hasSize(2));
    assertThat(host.getLabels()).containsOnly(Map.entry("env", "prod"));
  }

  @Test
  void aRotatedTokenLivesOnForADay() {
    Host host = host("web", Map.of());
    host.rotateToken(new Secret("next"), NOW);
    assertThat(host.getFormerTokenExpires()).isEqualTo(NOW.plus(Host.TOKEN_GRACE));
    assertThat(host.getTokenIssuedAt()).isEqualTo(NOW);
  }

  private static Host host(String name, Map<String, String> labels) {
    return new Host(name, labels, new Secret("token"), "operator", NOW);
  }
}
