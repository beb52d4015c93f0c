package dev.palisade.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palisade.core.DomainException;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SelectorTest {

  private static final Map<String, String> LABELS =
      Map.of("env", "prod", "role", "web", "kernel", "6.12.9", "disk", "5");

  private static final Map<String, String> FACTS = Map.of("kernel", "6.6.1");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "all | true",
        "not all | false",
        "name = edge-1 | true",
        "name = \"edge-1\" | true",
        "name != edge-1 | false",
        "env = prod | true",
        "label.env = prod | true",
        "env=prod and role in (web,edge) and kernel<6.13 and not frozen | true",
        "role in (db, cache) | false",
        "missing in (a) | false",
        "missing | false",
        "env | true",
        "missing != x | true",
        "missing = x | false",
        "missing < 1 | false",
        "kernel < 6.6 | false",
        "kernel >= 6.12.9 | true",
        "kernel > 6.9 | true",
        "kernel > 6.12.9.0 | false",
        "disk < 10 | true",
        "fact.kernel < 6.12 | true",
        "fact.env | false",
        "env = prod or role = db and role = cache | true",
        "(env = prod or role = db) and role = cache | false",
        "not env = prod or role = web | true",
        "not (env = prod or role = web) | false",
        "not not env = prod | true",
      })
  void picksWhatItSays(String selector, boolean expected) {
    assertThat(Selector.parse(selector).matches("edge-1", LABELS, FACTS)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "and",
        "env =",
        "= prod",
        "env = prod role = web",
        "(env",
        "env)",
        "env in prod",
        "env in (a",
        "env in ()",
        "env == prod",
        "\"env\" = prod",
        "env = \"prod",
        "not",
        "env and",
        "env = 'prod'",
        "env;drop"
      })
  void saysWhereItCannotBeRead(String selector) {
    assertThatThrownBy(() -> Selector.parse(selector))
        .isInstanceOfSatisfying(
            DomainException.class,
            refusal ->
                assertThat(refusal.faults())
                    .extracting(DomainException.Fault::pointer)
                    .containsExactly("/selector"));
  }

  @ParameterizedTest
  @ValueSource(ints = {60, 5_000})
  void refusesWhatIsNestedTooDeeply(int depth) {
    String nested = "(".repeat(depth) + "all" + ")".repeat(depth);
    assertThatThrownBy(() -> Selector.parse(nested)).isInstanceOf(DomainException.class);
  }
}
