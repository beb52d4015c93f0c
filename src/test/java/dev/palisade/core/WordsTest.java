package dev.palisade.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordsTest {

  @ParameterizedTest
  @ValueSource(strings = {"it's \"quoted\"", "#{7*7} ${x} <script>", "\u202eabc", "漢字 😀"})
  void keepsEveryPrintableText(String text) {
    assertThat(Words.line("/name", " " + text + " ", 100)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "two\nlines", "tab\there", "nul\0", "\u007f", "half \ud83d"})
  void refusesWhatIsNoLine(String text) {
    assertThatThrownBy(() -> Words.line("/name", text, 100)).isInstanceOf(DomainException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u200b", " \u00a0\u2060 ", "\u3164", "\ufeff\u202e", "\u2028"})
  void whatNobodyCanSeeIsNothing(String text) {
    assertThat(Words.text("/comment", text, 10)).isEmpty();
    assertThatThrownBy(() -> Words.line("/name", text, 10))
        .isInstanceOf(DomainException.class)
        .hasMessageContaining("empty");
  }

  @Test
  void textMayBeEmptyAndHaveLines() {
    assertThat(Words.text("/comment", null, 10)).isEmpty();
    assertThat(Words.text("/comment", "a\n\tb", 10)).isEqualTo("a\n\tb");
    assertThatThrownBy(() -> Words.text("/comment", "a\u0001", 10))
        .isInstanceOf(DomainException.class);
  }

  @Test
  void saysHowLongATextMayBe() {
    assertThat(Words.line("/name", "x".repeat(10), 10)).hasSize(10);
    assertThatThrownBy(() -> Words.line("/name", "x".repeat(11), 10))
        .isInstanceOf(DomainException.class)
        .hasMessageContaining("11")
        .hasMessageContaining("10");
  }
}
