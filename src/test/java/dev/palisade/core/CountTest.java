package dev.palisade.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CountTest {

  @ParameterizedTest
  @CsvSource({
    "0, host, 0 hosts",
    "1, host, 1 host",
    "2, host, 2 hosts",
    "1, entry, 1 entry",
    "3, entry, 3 entries",
    "2, day, 2 days",
    "1, failing finding, 1 failing finding",
    "12, failing finding, 12 failing findings",
  })
  void numbersTakeTheRightFormOfTheirNoun(long number, String noun, String expected) {
    assertThat(Count.of(number, noun)).isEqualTo(expected);
  }
}
