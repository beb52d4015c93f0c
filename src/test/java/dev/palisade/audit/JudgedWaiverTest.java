package dev.palisade.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palisade.audit.verdict.Deployment;
import dev.palisade.audit.verdict.Evidence;
import dev.palisade.audit.verdict.JsonEvidence;
import dev.palisade.audit.verdict.Verdict;
import dev.palisade.catalog.Catalog;
import dev.palisade.catalog.CatalogFiles;
import dev.palisade.catalog.SettingValue;
import dev.palisade.catalog.SettingValue.Bool;
import dev.palisade.catalog.SettingValue.Int;
import dev.palisade.catalog.SettingValue.Items;
import dev.palisade.profile.ApprovalRule;
import dev.palisade.profile.EffectiveProfile;
import dev.palisade.profile.EffectiveProfile.Missing;
import dev.palisade.profile.Profile;
import dev.palisade.profile.ProfileSetting;
import dev.palisade.profile.ProfileVersion;
import dev.palisade.profile.VersionContent;
import dev.palisade.release.ReleaseRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What is said of a setting that a waiver changed, by what the versions ask for. */
class JudgedWaiverTest {

  private static final Catalog CATALOG = CatalogFiles.shipped();
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final String FW = "networking.firewall.";
  private static final String SYSRQ = "kernel.sysrq";

  private static final String RULES =
      """
      *filter
      :INPUT ACCEPT [0:0]
      :nixos-fw - [0:0]
      :nixos-fw-accept - [0:0]
      :nixos-fw-log-refuse - [0:0]
      -A INPUT -j nixos-fw
      -A nixos-fw -m conntrack --ctstate RELATED,ESTABLISHED -j nixos-fw-accept
      -A nixos-fw -p tcp -m tcp --dport 80 -j nixos-fw-accept
      -A nixos-fw -i wg0 -p tcp -m tcp --dport 9100 -j nixos-fw-accept
      -A nixos-fw -i lan0 -j nixos-fw-accept
      -A nixos-fw -j nixos-fw-log-refuse
      -A nixos-fw-accept -j ACCEPT
      -A nixos-fw-log-refuse -j DROP
      COMMIT
      """;

  private static Items ports(long... ports) {
    return new Items(LongStream.of(ports).<SettingValue>mapToObj(Int::new).toList());
  }

  /** One version with these settings, as a host has it whose waivers are these. */
  private static ReleaseRecord release(
      Map<String, SettingValue> asked, Map<String, Optional<SettingValue>> waivers) {
    ProfileVersion version =
        new ProfileVersion(
            new Profile("web", "web", "", ApprovalRule.USUAL, NOW),
            1,
            new VersionContent(
                asked.entrySet().stream()
                    .map(setting -> new ProfileSetting(setting.getKey(), setting.getValue()))
                    .toList()),
            "author",
            NOW);
    return ReleaseRecord.of(
        EffectiveProfile.of(List.of(version), Map.of(), Missing.REFUSED, CATALOG).waivedBy(waivers),
        CATALOG);
  }

  private static Evidence evidence(String members) {
    String json = ("{'schema':'palisade.evidence/1'," + members + "}").replace('\'', '"');
    return JsonEvidence.read(json.getBytes(StandardCharsets.UTF_8)).evidence();
  }

  private static Verdict asked(ReleaseRecord release, Evidence evidence) {
    List<JudgedWaiver> judged = JudgedWaiver.of(release, CATALOG, evidence, Deployment.CURRENT);
    assertThat(judged).hasSize(1);
    return judged.get(0).asked().verdict();
  }

  @Test
  void aWaivedListOfPortsIsJudgedBesideAllThatIsAskedFor() {
    Map<String, SettingValue> asked =
        Map.of(
            FW + "allowedTCPPorts",
            ports(80),
            FW + "interfaces.wg0.allowedTCPPorts",
            ports(9100),
            FW + "trustedInterfaces",
            new Items(List.of(new SettingValue.Text("lan0"))),
            "services.openssh.openFirewall",
            new Bool(false));
    String rules = RULES.replace("\n", "\\n");
    Evidence evidence =
        evidence(
            "'sysctl':{'"
                + SYSRQ
                + "':0},'firewall':{'ruleset':'"
                + rules
                + "','ruleset6':'"
                + rules
                + "'}");
    for (Optional<SettingValue> instead :
        List.of(Optional.<SettingValue>of(ports(80, 8080)), Optional.<SettingValue>empty())) {
      assertThat(asked(release(asked, Map.of(FW + "allowedTCPPorts", instead)), evidence))
          .as("80 alone is asked for and open, whatever " + instead + " says")
          .isEqualTo(Verdict.COMPLIANT);
    }
    Map<String, SettingValue> fewer = Map.of(FW + "allowedTCPPorts", ports(80));
    assertThat(
            asked(
                release(fewer, Map.of(FW + "allowedTCPPorts", Optional.of(ports(80, 8080)))),
                evidence))
        .as("9100 on wg0 is open and nobody asked for it")
        .isEqualTo(Verdict.OVERRIDDEN);
  }

  @Test
  void aHostIsNotBlamedForTheValueThatItsReleaseDeclaresByAWaiver() {
    ReleaseRecord release =
        release(Map.of(SYSRQ, new Int(0)), Map.of(SYSRQ, Optional.of(new Int(438))));
    String runs = "'sysctl':{'" + SYSRQ + "':438},'effective':{'" + SYSRQ + "':";
    assertThat(asked(release, evidence(runs + "438}"))).isEqualTo(Verdict.DRIFTED);
    assertThat(asked(release, evidence(runs + "1}")))
        .as("neither asked for nor waived: the host's own")
        .isEqualTo(Verdict.OVERRIDDEN);
    assertThat(asked(release, evidence(runs + "438},'profile':{'enabled':false}")))
        .as("a module that is off declares nothing")
        .isEqualTo(Verdict.OVERRIDDEN);
  }

  @Test
  void aHostThatNeverSentEvidenceIsNotKnown() {
    ReleaseRecord release = release(Map.of(SYSRQ, new Int(0)), Map.of(SYSRQ, Optional.empty()));
    assertThat(asked(release, null)).isEqualTo(Verdict.UNKNOWN);
    assertThat(JudgedWaiver.of(release(Map.of(SYSRQ, new Int(0)), Map.of()), CATALOG, null, null))
        .isEmpty();
  }
}
