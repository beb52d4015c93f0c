package dev.palisade.shell.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palisade.core.Digest;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TextsTest {

  @Test
  void aMomentIsToldInUtcToTheSecond() {
    assertThat(Texts.utc(Instant.parse("2026-11-23T15:12:09.5Z")))
        .isEqualTo("2026-11-23 15:12:09 UTC");
    assertThat(Texts.utc(null)).isEmpty();
  }

  @Test
  void aKeyMayBreakAfterItsDots() {
    assertThat(Texts.parts("net.ipv4.conf.*.rp_filter"))
        .containsExactly("net.", "ipv4.", "conf.", "*.", "rp_filter");
    assertThat(Texts.parts("slub_debug")).containsExactly("slub_debug");
  }

  @Test
  void aDigestIsBriefWithAndWithoutItsPrefix() {
    Digest digest = Digest.of("a");
    assertThat(Texts.brief(digest)).isEqualTo(digest.brief());
    assertThat(Texts.brief("sha256:" + digest)).isEqualTo(digest.brief());
    assertThat(Texts.brief("7d1e")).isEqualTo("7d1e");
    assertThat(Texts.brief(null)).isEmpty();
  }

  @Test
  void aPersonIsTwoLetters() {
    assertThat(Texts.initials("the night operator")).isEqualTo("TN");
    assertThat(Texts.initials("admin")).isEqualTo("A");
    assertThat(Texts.initials("")).isEmpty();
  }

  @Test
  void aPartOfAPageHasAnIdOfPlainLetters() {
    assertThat(Texts.anchor("family", "IPv6, per interface"))
        .isEqualTo("family-ipv6-per-interface");
    assertThat(Texts.anchor("family", "(Custom)")).isEqualTo("family-custom");
  }
}
