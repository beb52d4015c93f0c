package dev.palisade.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainTextsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Assert.                                                   | says too little
          Same idea for WARN().                                     | an empty phrase
          Moot while accept_redirects is 0; CIS asks for 0 as well. | an empty phrase
          The STIG value for every server of this kind.             | an empty phrase
          only new interfaces copy this value from here.            | not a whole sentence
          Only new interfaces copy this value from here             | not a whole sentence
          """)
  void textsThatSayNothingAreFaults(String text, String fault) {
    PlainTexts texts = new PlainTexts();
    texts.add("a", text);
    assertThat(texts.faults()).anyMatch(f -> f.startsWith("a: " + fault));
  }

  @Test
  void nearCopiesAreFaults() {
    PlainTexts texts = new PlainTexts();
    texts.add("a", "Sets 1 for all interfaces and drops IPv4 redirects.");
    texts.add("b", "Sets 22 for default interfaces and drops IPv6 redirects.");
    texts.add("c", "Keeps the host from sending redirects to its neighbours.");
    assertThat(texts.faults()).singleElement().asString().startsWith("b: nearly the same as a");
  }

  @Test
  void lowerCaseNamesMayStartASentence() {
    PlainTexts texts = new PlainTexts();
    texts.add("a", "systemd writes the value to every new interface.");
    texts.add("b", "networking.nat declares the opposite with a higher priority.");
    assertThat(texts.faults()).isEmpty();
  }
}
