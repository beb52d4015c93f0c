package dev.palisade.shell.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LooksTest {

  private enum Code {
    PENDING_REBOOT
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "compliant",
        "stronger",
        "drifted",
        "overridden",
        "shadowed",
        "not_deployed",
        "pending_reboot",
        "absent",
        "unreadable",
        "unknown",
        "no_effect",
        "waived"
      })
  void everyVerdictHasItsWord(String code) {
    assertThat(Looks.verdict(code).word()).isNotEqualTo(code);
  }

  @Test
  void enumConstantsAndHyphensAreCodesToo() {
    assertThat(Looks.verdict(Code.PENDING_REBOOT)).isEqualTo(Looks.verdict("pending-reboot"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a verdict of tomorrow", ""})
  void whatIsNotListedIsNeverGreen(String code) {
    assertThat(Looks.verdict(code).tone()).isEqualTo("none");
    assertThat(Looks.state(code).tone()).isEqualTo("none");
    assertThat(Looks.group(code).tone()).isEqualTo("none");
  }

  @Test
  void absenceOfACodeIsNotKnown() {
    assertThat(Looks.verdict(null).tone()).isEqualTo("none");
  }

  @Test
  void aNoteWithoutToneIsInformation() {
    assertThat(Looks.note(null).tone()).isEqualTo("info");
    assertThat(Looks.note("error").tone()).isEqualTo("fail");
  }
}
