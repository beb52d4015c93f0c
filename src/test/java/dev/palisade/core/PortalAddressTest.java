package dev.palisade.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortalAddressTest {

  private static final String PROPERTY = "palisade.base.url";

  private String before;

  @BeforeEach
  void remember() {
    before = System.getProperty(PROPERTY);
  }

  @AfterEach
  void restore() {
    if (before == null) {
      System.clearProperty(PROPERTY);
    } else {
      System.setProperty(PROPERTY, before);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost:8080",
        "https://LOCALHOST",
        "http://portal.localhost:8080",
        "http://127.0.0.1:8080",
        "http://127.9.8.7",
        "http://0.0.0.0:8080",
        "http://[::1]:8080",
        "http://[0:0:0:0:0:0:0:1]",
        "http://[::]:8080"
      })
  void loopbackAddressesReachNoOtherMachine(String address) {
    System.setProperty(PROPERTY, address);
    assertThat(PortalAddress.isLoopback()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://palisade.example.net",
        "https://localhost.example.net",
        "https://notlocalhost",
        "http://10.0.0.1:8080",
        "http://128.0.0.1",
        "http://[fd00::1]:8080"
      })
  void otherAddressesAreNoLoopback(String address) {
    System.setProperty(PROPERTY, address);
    assertThat(PortalAddress.isLoopback()).isFalse();
  }
}
