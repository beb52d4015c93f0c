package dev.palisade.shell.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every button of every page either asks first, or takes nothing away. */
class ConfirmedActsTest {

  private static final Path PAGES = Path.of("src", "main", "webapp");

  private static final Pattern BUTTON =
      Pattern.compile(
          "<p:commandButton\\b((?:[^>\"]|\"[^\"]*\")*?)(?:/>|>(.*?)</p:commandButton>)",
          Pattern.DOTALL);
  private static final Pattern ACTION = Pattern.compile("\\baction=\"#\\{([\\w.]+)");

  /** Acts that add something, or that the same page takes back. */
  private static final Set<String> TAKE_NOTHING =
      Set.of(
          "customSetting.save",
          "deliveryTokens.create",
          "draftLayers.save",
          "draftParameters.save",
          "draftSettings.add",
          "draftSettings.addFamily",
          "draftSettings.help",
          "draftSettings.keepMine",
          "enrolmentTokens.create",
          "groupList.save",
          "hostDetail.accept",
          "hostProfiles.add",
          "hostProfiles.lower",
          "hostRegister.register",
          "hostSupply.save",
          "profileDraft.create",
          "profileDraft.startFrom",
          "profileDraft.submit",
          "profileImport.read",
          "profileRule.propose",
          "rolloutCreate.plan",
          "rolloutDetail.checkAgain",
          "signInBacking.signIn",
          "signInBacking.signOut",
          "userList.create",
          "waiverRequest.ask");

  /**
   * Decisions and starts. The button itself carries the digest, or the page is about nothing else;
   * what is offered is replaced by the next rollout.
   */
  private static final Set<String> ARE_THE_PAGE =
      Set.of(
          "hostRollout.rollOutNow",
          "profileRule.approve",
          "profileVersion.approve",
          "rolloutDetail.start",
          "waiverDetail.approve");

  @Test
  void eachActThatTakesSomethingAwayAsksFirst() throws IOException {
    Set<String> unasked = new TreeSet<>();
    Set<String> asked = new TreeSet<>();
    for (Path page : pages()) {
      Matcher button = BUTTON.matcher(Files.readString(page));
      while (button.find()) {
        Matcher action = ACTION.matcher(button.group(1));
        if (action.find()) {
          boolean asks = button.group(2) != null && button.group(2).contains("<ps:confirm ");
          (asks ? asked : unasked).add(action.group(1));
        }
      }
    }
    assertThat(unasked).isSubsetOf(union());
    assertThat(asked)
        .doesNotContainAnyElementsOf(union())
        .contains("userList.turn", "profileDraft.retire", "groupList.remove");
  }

  private static Set<String> union() {
    Set<String> all = new TreeSet<>(TAKE_NOTHING);
    all.addAll(ARE_THE_PAGE);
    return all;
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> files = Files.walk(PAGES)) {
      return files.filter(file -> file.toString().endsWith(".xhtml")).toList();
    }
  }
}
