package dev.palisade.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palisade.catalog.SettingValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class VersionContentTest {

  @Test
  void canonicalFormIsTheContractOfTheDigest() {
    VersionContent content =
        new VersionContent(
            List.of(
                new ProfileSetting(
                    "net.core.default_qdisc", new SettingValue.Text("fq"), "for “bbr”", true),
                new ProfileSetting("kernel.sysrq", new SettingValue.Int(0))));
    assertThat(content.canonical())
        .isEqualTo(
            "{\"extends\":null,\"parameters\":[],\"schema\":\"palisade.version/1\",\"settings\":["
                + "{\"key\":\"kernel.sysrq\",\"mandatory\":false,\"value\":0},"
                + "{\"key\":\"net.core.default_qdisc\",\"mandatory\":true,\"reason\":\"for “bbr”\","
                + "\"value\":\"fq\"}]}");
    assertThat(content.digest().hex())
        .isEqualTo("71d62df322dfd451a4e691e94cef4a726d685f0243618b1068992a8a12c41b0f");
  }

  @Property(tries = 300)
  void whatWasWrittenIsReadAgain(@ForAll("settings") List<ProfileSetting> settings) {
    VersionContent content = new VersionContent(settings);
    assertThat(VersionContent.read(content.canonical())).isEqualTo(content);
  }

  @Property(tries = 300)
  void theDigestDoesNotDependOnTheOrderOfEntry(
      @ForAll("settings") List<ProfileSetting> settings, @ForAll long seed) {
    List<ProfileSetting> shuffled = new ArrayList<>(settings);
    Collections.shuffle(shuffled, new Random(seed));
    assertThat(new VersionContent(shuffled).digest())
        .isEqualTo(new VersionContent(settings).digest());
  }

  @Property(tries = 300)
  void anotherValueHasAnotherDigest(@ForAll("setting") ProfileSetting setting) {
    ProfileSetting other =
        new ProfileSetting(
            setting.key(), new SettingValue.Text("other"), setting.reason(), setting.mandatory());
    ProfileSetting stronger =
        new ProfileSetting(setting.key(), setting.value(), setting.reason(), !setting.mandatory());
    ProfileSetting reworded =
        new ProfileSetting(setting.key(), setting.value(), "otherwise", setting.mandatory());
    assertThat(List.of(setting, other, stronger, reworded))
        .extracting(s -> new VersionContent(List.of(s)).digest())
        .doesNotHaveDuplicates();
  }

  @Provide
  Arbitrary<List<ProfileSetting>> settings() {
    return setting().list().ofMaxSize(12).uniqueElements(ProfileSetting::key);
  }

  @Provide
  Arbitrary<ProfileSetting> setting() {
    return Combinators.combine(
            Arbitraries.strings()
                .alpha()
                .numeric()
                .withChars("._-/")
                .ofMinLength(1)
                .ofMaxLength(30),
            values(),
            Arbitraries.strings().ofMaxLength(20).excludeChars('\ud800').injectNull(0.3),
            Arbitraries.of(true, false))
        .as(ProfileSetting::new);
  }

  private static Arbitrary<SettingValue> values() {
    Arbitrary<SettingValue> scalar =
        Arbitraries.oneOf(
            // RFC 8785 has the numbers of JavaScript; the catalog's bounds lie far within
            Arbitraries.longs().between(-(1L << 53) + 1, (1L << 53) - 1).map(SettingValue.Int::new),
            Arbitraries.of(true, false).map(SettingValue.Bool::new),
            Arbitraries.strings().ofMaxLength(8).map(SettingValue.Text::new));
    return Arbitraries.oneOf(scalar, scalar.list().ofMaxSize(4).map(SettingValue.Items::new));
  }
}
