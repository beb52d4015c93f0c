package dev.palisade.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palisade.core.DomainException;
import org.junit.jupiter.api.Test;

class PasswordTest {

  @Test
  void isKnownAgainByItsHashAndNoOtherIs() {
    String stored = Password.hash("correct horse battery");
    assertThat(Password.matches("correct horse battery", stored)).isTrue();
    assertThat(Password.matches("correct horse batterz", stored)).isFalse();
    assertThat(Password.matches("", stored)).isFalse();
    assertThat(Password.matches("x".repeat(2_000), stored)).isFalse();
    assertThat(Password.matches("nobody has this password", null)).isFalse();
  }

  @Test
  void isStoredAtTodaysCostWithASaltOfItsOwn() {
    String stored = Password.hash("correct horse battery");
    assertThat(stored).startsWith("pbkdf2-sha512:210000:").doesNotContain("correct");
    assertThat(Password.hash("correct horse battery")).isNotEqualTo(stored);
  }

  @Test
  void hasTenToAThousandCharacters() {
    for (String bad : new String[] {null, "", "123456789", "x".repeat(1_001)}) {
      assertThatThrownBy(() -> Password.hash(bad)).isInstanceOf(DomainException.class);
    }
  }
}
