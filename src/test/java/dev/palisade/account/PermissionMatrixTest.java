package dev.palisade.account;

import static dev.palisade.account.Permission.ADMINISTER;
import static dev.palisade.account.Permission.AUTHOR_PROFILES;
import static dev.palisade.account.Permission.COMMENT_REVIEWS;
import static dev.palisade.account.Permission.DECIDE_REVIEWS;
import static dev.palisade.account.Permission.END_WAIVERS;
import static dev.palisade.account.Permission.EXPORT;
import static dev.palisade.account.Permission.FETCH_RELEASES;
import static dev.palisade.account.Permission.OPERATE_FLEET;
import static dev.palisade.account.Permission.SEND_EVIDENCE;
import static dev.palisade.account.Permission.SIGN_STATEMENTS;
import static dev.palisade.account.Permission.VIEW;
import static dev.palisade.account.Permission.VIEW_RECORDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Who may do what, written down a second time: a change here is a change of the contract. */
class PermissionMatrixTest {

  @Test
  void rolesMayDoWhatTheContractSays() {
    assertThat(Role.VIEWER.permissions()).containsOnly(VIEW);
    assertThat(Role.AUTHOR.permissions())
        .containsOnly(VIEW, VIEW_RECORDS, AUTHOR_PROFILES, COMMENT_REVIEWS);
    assertThat(Role.APPROVER.permissions())
        .containsOnly(VIEW, VIEW_RECORDS, DECIDE_REVIEWS, COMMENT_REVIEWS, END_WAIVERS);
    assertThat(Role.OPERATOR.permissions())
        .containsOnly(VIEW, VIEW_RECORDS, OPERATE_FLEET, END_WAIVERS);
    assertThat(Role.AUDITOR.permissions()).containsOnly(VIEW, VIEW_RECORDS, EXPORT);
    assertThat(Role.ADMINISTRATOR.permissions()).containsOnly(VIEW, VIEW_RECORDS, ADMINISTER);
  }

  @Test
  void noRoleMayWhatOnlyHostsMay() {
    Actor everyone = Actor.person("all", "All", EnumSet.allOf(Role.class));
    assertThat(everyone.permissions())
        .doesNotContain(SEND_EVIDENCE, FETCH_RELEASES, SIGN_STATEMENTS);
    assertThat(Actor.host("web").permissions()).containsOnly(SEND_EVIDENCE, FETCH_RELEASES);
    assertThat(Actor.PORTAL.permissions()).containsOnly(VIEW, AUTHOR_PROFILES, SIGN_STATEMENTS);
    assertThat(Actor.delivery("delivery-token/1", "ci").permissions()).containsOnly(FETCH_RELEASES);
    assertThat(Actor.NOBODY.permissions()).isEmpty();
  }

  /** Each use case by its permission; what only reads is left out. */
  private static final Map<Permission, Set<String>> ACTS =
      Map.ofEntries(
          Map.entry(
              AUTHOR_PROFILES,
              Set.of(
                  "CreateProfile.create",
                  "CreateProfile.describe",
                  "ImportSettings.read",
                  "DraftVersion.start",
                  "DraftVersion.startFrom",
                  "DraftVersion.edit",
                  "EditDraft.set",
                  "EditDraft.remove",
                  "EditDraft.addFamily",
                  "EditDraft.setParameter",
                  "EditDraft.removeParameter",
                  "EditDraft.layOver",
                  "DraftVersion.parameters",
                  "DraftVersion.extend",
                  "DraftVersion.submit",
                  "DraftVersion.withdraw",
                  "RetireVersion.retire",
                  "ShippedProfiles.install")),
          Map.entry(
              DECIDE_REVIEWS,
              Set.of(
                  "DecideVersion.approve",
                  "DecideVersion.approveInEmergency",
                  "DecideVersion.reject",
                  "ChangeRule.propose",
                  "ChangeRule.approve",
                  "ChangeRule.reject",
                  "ChangeRule.withdraw",
                  "DecideWaiver.approve",
                  "DecideWaiver.reject")),
          Map.entry(COMMENT_REVIEWS, Set.of("CommentOnVersion.say")),
          Map.entry(END_WAIVERS, Set.of("DecideWaiver.revoke")),
          Map.entry(
              OPERATE_FLEET,
              Set.of(
                  "RegisterHost.register",
                  "RegisterHost.change",
                  "RegisterHost.supply",
                  "ManageGroups.create",
                  "ManageGroups.change",
                  "ManageGroups.remove",
                  "ManageDeliveryTokens.create",
                  "ManageDeliveryTokens.revoke",
                  "RegisterHost.rotateToken",
                  "RegisterHost.accept",
                  "ManageEnrolment.create",
                  "ManageEnrolment.revoke",
                  "AssignProfiles.assign",
                  "AskForWaiver.ask",
                  "PlanRollout.plan",
                  "PlanRollout.checkAgain",
                  "PlanRollout.letThrough",
                  "StartRollout.start",
                  "StartRollout.rollOutNow")),
          Map.entry(ADMINISTER, Set.of("ManageUsers.create", "ManageUsers.change")),
          Map.entry(SEND_EVIDENCE, Set.of("ReceiveReport.json", "ReceiveReport.sysctlDump")),
          Map.entry(
              FETCH_RELEASES,
              Set.of(
                  "DeliverRelease.latest",
                  "DeliverRelease.release",
                  "DeliverRelease.fleet",
                  "ReadAgentModule.ofAnyHost",
                  "GiveProof.toFetcher",
                  "ReadDesired.desired",
                  "ReadDesired.keys")),
          Map.entry(SIGN_STATEMENTS, Set.of("RenewStatements.renewSome")),
          Map.entry(
              VIEW_RECORDS,
              Set.of(
                  "ManageUsers.list",
                  "ManageUsers.user",
                  "ReadJournal.newest",
                  "ReadJournal.following",
                  "VerifyJournal.verify",
                  "ReadReports.report")),
          Map.entry(
              EXPORT,
              Set.of("ExportJournal.checkpoint", "ExportJournal.lines", "ExportJournal.lastLine")));

  @Test
  void everyActAsksForThePermissionOfItsKind() {
    Map<Permission, Set<String>> actual = new TreeMap<>();
    new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.palisade")
            .stream()
            .filter(type -> type.getPackageName().endsWith(".application"))
            .flatMap(type -> type.getMethods().stream())
            .filter(method -> method.isAnnotatedWith(Requires.class))
            .forEach(
                method ->
                    actual
                        .computeIfAbsent(permission(method), any -> new TreeSet<>())
                        .add(method.getOwner().getSimpleName() + "." + method.getName()));
    actual.remove(VIEW);
    assertThat(actual).isEqualTo(new TreeMap<>(ACTS));
  }

  private static Permission permission(JavaMethod method) {
    return method.getAnnotationOfType(Requires.class).value();
  }
}
