package dev.palisade.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

  @Test
  void withoutAnySettingThePortalIsOneMachinesOwn() throws StartFailure {
    Settings settings = Settings.read(Map.of());
    assertThat(settings.port()).isEqualTo(8080);
    assertThat(settings.bind()).isEqualTo("127.0.0.1");
    assertThat(settings.isLoopback()).isTrue();
    assertThat(settings.database()).isNull();
    assertThat(settings.baseUrl()).isEqualTo("http://localhost:8080");
    assertThat(settings.demo()).isFalse();
  }

  @Test
  void withADatabaseOfItsOwnItServesEverybody() throws StartFailure {
    Settings settings =
        Settings.read(
            Map.of(
                "PALISADE_DB_URL", "jdbc:postgresql://db:5432/palisade",
                "PALISADE_DB_USER", "owner",
                "PALISADE_DB_PASSWORD", "secret",
                "PALISADE_BASE_URL", "https://palisade.example.net/"));
    assertThat(settings.bind()).isEqualTo("0.0.0.0");
    assertThat(settings.baseUrl()).isEqualTo("https://palisade.example.net");
    assertThat(settings.database().appUser()).isEqualTo("palisade_app");
  }

  @Test
  void oneMayDecideAloneOnlyWhereThatIsAskedFor() throws StartFailure {
    assertThat(Settings.read(Map.of()).singleOperator()).isFalse();
    assertThat(Settings.read(Map.of("PALISADE_SINGLE_OPERATOR", "false")).singleOperator())
        .isFalse();
    assertThat(Settings.read(Map.of("PALISADE_SINGLE_OPERATOR", "true")).singleOperator()).isTrue();
    assertThatThrownBy(() -> Settings.read(Map.of("PALISADE_SINGLE_OPERATOR", "yes")))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("must be true or false, not “yes”");
  }

  @ParameterizedTest
  @CsvSource({
    "PALISADE_HTTP_PORT,0",
    "PALISADE_HTTP_PORT,65536",
    "PALISADE_HTTP_PORT,http",
    "PALISADE_HTTP_PORT,-1",
    "PALISADE_BASE_URL,palisade.example.net",
    "PALISADE_BASE_URL,ftp://palisade.example.net",
    "PALISADE_BASE_URL,https://palisade.example.net/sub",
    "PALISADE_BASE_URL,http://a b",
    "PALISADE_ADMIN_PASSWORD,short",
    "PALISADE_SIGNING_KEY_FILE,/no/such/file",
    "PALISADE_DB_URL,mysql://db/palisade",
    "PALISADE_DB_URL,jdbc:postgresql://db/palisade"
  })
  void aBadSettingIsNamed(String name, String value) {
    assertThatThrownBy(() -> Settings.read(Map.of(name, value)))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining(name.startsWith("PALISADE_DB") ? "PALISADE_DB_" : name);
  }

  @Test
  void anUnknownArgumentIsRefused() {
    assertThatThrownBy(() -> Settings.read(Map.of(), "--demon"))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("--demon");
  }
}
