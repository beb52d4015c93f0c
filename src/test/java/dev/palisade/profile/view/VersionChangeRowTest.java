package dev.palisade.profile.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palisade.catalog.Catalog;
import dev.palisade.catalog.CatalogFiles;
import dev.palisade.catalog.SettingValue;
import dev.palisade.profile.ProfileSetting;
import dev.palisade.profile.VersionContent;
import dev.palisade.profile.VersionDiff;
import java.util.List;
import org.junit.jupiter.api.Test;

class VersionChangeRowTest {

  private static final Catalog CATALOG = CatalogFiles.shipped();
  private static final String KEY = "net.ipv4.conf.all.rp_filter";

  private static ProfileSetting setting(int value, String reason, boolean mandatory) {
    return new ProfileSetting(KEY, new SettingValue.Int(value), reason, mandatory);
  }

  private static VersionChangeRow row(List<ProfileSetting> from, List<ProfileSetting> to) {
    VersionDiff diff =
        VersionDiff.between(new VersionContent(from), new VersionContent(to), CATALOG);
    return VersionChangeRow.of(diff.changes().get(0), CATALOG);
  }

  @Test
  void rowNamesBothValuesWithTheirWords() {
    VersionChangeRow row = row(List.of(setting(2, null, false)), List.of(setting(1, null, false)));
    assertThat(row.before()).isEqualTo("2 loose");
    assertThat(row.after()).isEqualTo("1 strict");
    assertThat(row.isSameValue()).isFalse();
    assertThat(row.notes()).isEmpty();
  }

  @Test
  void rowHasNoValueOnTheSideThatLacksIt() {
    assertThat(row(List.of(), List.of(setting(1, null, true))).before()).isNull();
    assertThat(row(List.of(), List.of(setting(1, null, true))).notes())
        .containsExactly("mandatory");
    assertThat(row(List.of(setting(1, "Why.", true)), List.of()).after()).isNull();
    assertThat(row(List.of(setting(1, "Why.", true)), List.of()).notes())
        .containsExactly("was mandatory");
  }

  @Test
  void equalValuesStandOnceWithWhatChanges() {
    VersionChangeRow row = row(List.of(setting(1, "Old.", true)), List.of(setting(1, null, false)));
    assertThat(row.isSameValue()).isTrue();
    assertThat(row.notes())
        .containsExactly("no longer mandatory", "Reason: none given", "Reason before: Old.");
  }

  @Test
  void mandatoryOnBothSidesIsNoChange() {
    assertThat(row(List.of(setting(2, null, true)), List.of(setting(1, null, true))).notes())
        .containsExactly("mandatory");
    assertThat(row(List.of(setting(2, null, false)), List.of(setting(1, null, true))).notes())
        .containsExactly("now mandatory");
  }
}
