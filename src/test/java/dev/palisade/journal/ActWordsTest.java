package dev.palisade.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ActWordsTest {

  private static final Pattern ACT =
      Pattern.compile(
          "\"((?:version|profile|host|group|rollout|waiver|user|enrolment-token|delivery-token"
              + "|statements|portal)\\.[a-z]+(?:-[a-z]+)*)\"");

  /** The acts that use cases record, read from their source. */
  private static SortedSet<String> recorded() throws IOException {
    SortedSet<String> acts = new TreeSet<>();
    try (Stream<Path> files = Files.walk(Path.of("src/main/java/dev/palisade"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        String source = Files.readString(file);
        Matcher act = ACT.matcher(source);
        while (source.contains("acts.record(") && act.find()) {
          acts.add(act.group(1));
        }
      }
    }
    return acts;
  }

  @Test
  void everyRecordedActHasALabel() throws IOException {
    assertThat(recorded()).hasSizeGreaterThan(40);
    assertThat(ActWords.labels().keySet()).containsAll(recorded());
  }

  @Test
  void labelsAreWordsAndNoTwoAreAlike() {
    assertThat(ActWords.labels().values()).doesNotHaveDuplicates().allMatch(l -> !l.contains("."));
    assertThat(ActWords.label("comet.sighted-twice")).isEqualTo("comet sighted twice");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "version.approved, version, homelab-lan v12, /profile/version?slug=homelab-lan&number=12",
        "version.approved, version, no number, -",
        "profile.created, profile, homelab-lan, /profile/versions?slug=homelab-lan",
        "host.registered, host, nas 1&2, /fleet/detail?name=nas+1%262",
        "group.changed, group, edge, /fleet/groups?slug=edge",
        "group.removed, group, edge, -",
        "waiver.approved, waiver, 7, /assignment/waiver?id=7",
        "rollout.started, rollout, edge v2, /rollout/detail?id=9",
        "delivery-token.created, delivery-token, ci, /fleet/delivery?id=3",
        "enrolment-token.created, enrolment-token, 4, /fleet/enrolment?id=4",
        "user.signed-in, user, ann, /account/list",
        "statements.renewed, key, ab12, -",
      })
  void objectsLinkToTheirPage(String act, String kind, String object, String page) {
    Map<String, Object> detail = Map.of("rollout", 9, "id", 3);
    assertThat(ActWords.page(act, kind, object, detail)).isEqualTo(page);
  }

  @ParameterizedTest
  @CsvSource({
    "digest, digest",
    "expiresAt, expires at",
    "singleOperator, single operator",
    "words, comment"
  })
  void partsOfADetailAreNamedInWords(String key, String words) {
    assertThat(ActWords.part(key)).isEqualTo(words);
  }

  @Test
  void valuesOfADetailAreWrittenAsPeopleDo() {
    assertThat(ActWords.value(true)).isEqualTo("yes");
    assertThat(ActWords.value(false)).isEqualTo("no");
    assertThat(ActWords.value("2024-10-31T09:05:59.123456Z")).isEqualTo("2024-10-31 09:05 UTC");
    assertThat(ActWords.value("2024-10-31 is a day")).isEqualTo("2024-10-31 is a day");
    assertThat(ActWords.value(3)).isEqualTo("3");
  }

  @Test
  void aNumberSaysWhatItIsTheNumberOf() {
    assertThat(ActWords.object("enrolment-token", "4")).isEqualTo("enrolment token 4");
    assertThat(ActWords.object("host", "nas")).isEqualTo("nas");
  }
}
