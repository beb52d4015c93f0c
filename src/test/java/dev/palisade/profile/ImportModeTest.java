package dev.palisade.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palisade.catalog.SettingValue.Int;
import dev.palisade.core.DomainException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImportModeTest {

  private final VersionContent present =
      new VersionContent(
          List.of(
              new ProfileSetting("kernel.sysrq", new Int(0), "Nobody sits at the console.", true),
              new ProfileSetting("kernel.kptr_restrict", new Int(1), "As a start.", false)));
  private final VersionContent read =
      new VersionContent(
          List.of(
              new ProfileSetting("kernel.kptr_restrict", new Int(2)),
              new ProfileSetting("kernel.dmesg_restrict", new Int(1))));

  @Test
  void mergeKeepsWhatTheTextDoesNotName() {
    VersionContent draft = ImportMode.MERGE.apply(present, read);
    assertThat(draft.settings())
        .extracting(ProfileSetting::key)
        .containsExactly("kernel.dmesg_restrict", "kernel.kptr_restrict", "kernel.sysrq");
    assertThat(draft.find("kernel.sysrq")).isEqualTo(present.find("kernel.sysrq"));
    assertThat(draft.find("kernel.kptr_restrict").orElseThrow().value()).isEqualTo(new Int(2));
    assertThat(draft.find("kernel.kptr_restrict").orElseThrow().reason()).isNull();
    assertThat(ImportMode.dropped(present, draft)).isEmpty();
  }

  @Test
  void replaceNamesWhatItDrops() {
    VersionContent draft = ImportMode.REPLACE.apply(present, read);
    assertThat(draft).isEqualTo(read);
    assertThat(ImportMode.dropped(present, draft)).containsExactly("kernel.sysrq");
  }

  @Test
  void otherModeIsRefused() {
    assertThat(ImportMode.of(null)).isNull();
    assertThat(ImportMode.of("merge")).isEqualTo(ImportMode.MERGE);
    assertThatThrownBy(() -> ImportMode.of("both")).isInstanceOf(DomainException.class);
  }
}
