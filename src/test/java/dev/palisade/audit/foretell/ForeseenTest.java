package dev.palisade.audit.foretell;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.palisade.audit.foretell.Risk.Grade;
import dev.palisade.audit.verdict.Evidence;
import dev.palisade.audit.verdict.JsonEvidence;
import dev.palisade.catalog.Catalog;
import dev.palisade.catalog.CatalogFiles;
import dev.palisade.catalog.Direction;
import dev.palisade.catalog.Setting;
import dev.palisade.catalog.SettingValue;
import dev.palisade.core.Digest;
import dev.palisade.profile.EffectiveProfile;
import dev.palisade.profile.EffectiveSetting;
import dev.palisade.profile.ProfileSetting;
import dev.palisade.profile.VersionRef;
import dev.palisade.release.ReleaseRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each prediction, where it must come and where it must not. */
class ForeseenTest {

  private static final Catalog CATALOG = CatalogFiles.shipped();
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final VersionRef LAYER = new VersionRef("lan", 1, Digest.of("lan"));

  private static final String ENABLE = "networking.firewall.enable=true";
  private static final String WEB = "networking.firewall.allowedTCPPorts=[80,443]";
  private static final String NO_SSH_PORT = "services.openssh.openFirewall=false";
  private static final String ON_WG0 = "networking.firewall.interfaces.wg0.allowedTCPPorts=[22]";

  private static final String FORWARDS = "'net.ipv4.conf.all.forwarding':'1'";
  private static final String ETH0 = "'net.ipv4.conf.eth0.forwarding':'0'";
  private static final String WG0 = "'net.ipv4.conf.wg0.forwarding':'0'";
  private static final String SSHD =
      "{'proto':'tcp','address':'0.0.0.0','port':22,'process':'sshd'},"
          + "{'proto':'tcp','address':'::','port':22,'process':'sshd'}";

  /** A host with running values, in quotes that are single, and listeners of which none is ssh. */
  private static Evidence host(String sysctl, String more) {
    String json = "{'schema':'palisade.evidence/1','sysctl':{" + sysctl + "}" + more + "}";
    return JsonEvidence.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8)).evidence();
  }

  private static Evidence listening(String listeners, String firewall) {
    return host(
        ETH0 + "," + WG0,
        ",'listeners':[" + listeners + "]" + (firewall.isEmpty() ? "" : ",'firewall':" + firewall));
  }

  private static String open(String ports) {
    return "{'backend':'nftables','openTcp':[" + ports + "],'openUdp':[]}";
  }

  private static String tcp(String process, int port) {
    return "{'proto':'tcp','address':'*','port':" + port + ",'process':'" + process + "'}";
  }

  /** Settings as {@code key=value} with the value in JSON. */
  private static EffectiveProfile content(List<String> missing, String... settings) {
    List<EffectiveSetting> all = new ArrayList<>();
    for (String text : settings) {
      int end = text.indexOf('=');
      String key = text.substring(0, end);
      Setting known = CATALOG.find(key).orElseThrow();
      SettingValue value = value(text.substring(end + 1));
      TreeSet<String> parameters = new TreeSet<>(key.contains("wg0") ? missing : List.of());
      all.add(
          new EffectiveSetting(
              key, value, known, new ProfileSetting(key, value), LAYER, parameters));
    }
    return new EffectiveProfile(List.of(LAYER), all, new TreeMap<>(), missing, List.of());
  }

  private static SettingValue value(String json) {
    try {
      return SettingValue.fromJson(MAPPER.readTree(json), "/value");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Foreseen foretell(@Nullable Evidence evidence, String... settings) {
    return Foreseen.of(new Prospect(content(List.of(), settings), null, false, evidence), CATALOG);
  }

  private static Foreseen after(String present, Evidence evidence, String... settings) {
    ReleaseRecord release = ReleaseRecord.of(content(List.of(), present.split(";")), CATALOG);
    return Foreseen.of(
        new Prospect(content(List.of(), settings), release, true, evidence), CATALOG);
  }

  private static List<String> keys(Foreseen foreseen, Grade grade) {
    return foreseen.risks(grade).stream().map(Risk::key).toList();
  }

  private static Change change(Foreseen foreseen, String key) {
    return foreseen.changes().stream().filter(c -> c.key().equals(key)).findFirst().orElseThrow();
  }

  // The way in

  @Test
  void sshIsCutOffWhereItsPortClosesAndNoOtherIsOpen() {
    Foreseen foreseen = foretell(listening(SSHD, open("22,80")), ENABLE, WEB, NO_SSH_PORT);
    assertThat(foreseen.risks(Grade.LOCK_OUT)).hasSize(1);
    Risk risk = foreseen.risks().get(0);
    assertThat(risk.key()).isEqualTo("services.openssh.openFirewall");
    assertThat(risk.what()).contains("22/tcp closes");
    assertThat(risk.evidence()).contains("sshd listens on 0.0.0.0:22 and [::]:22", "22 80");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "the ssh daemon opens its own port by default | 22,80 | networking.firewall.enable=true",
        "a list for every interface opens it | 22 |"
            + " services.openssh.openFirewall=false;networking.firewall.allowedTCPPorts=[22]",
        "a range opens it | 22 | services.openssh.openFirewall=false;"
            + "networking.firewall.allowedTCPPortRanges=[{\"from\":20,\"to\":30}]",
        "an interface that the host has opens it | 22 | services.openssh.openFirewall=false;"
            + "networking.firewall.interfaces.wg0.allowedTCPPorts=[22]",
        "an interface is trusted | 22 | services.openssh.openFirewall=false;"
            + "networking.firewall.trustedInterfaces=[\"wg0\"]",
        "the firewall is turned off | 22 | services.openssh.openFirewall=false;"
            + "networking.firewall.enable=false",
        "it is not open now either | 80 | services.openssh.openFirewall=false",
        "the content speaks of other things | 22 | net.ipv4.tcp_sack=0",
      })
  void sshIsNotCutOffWhere(String why, String openNow, String settings) {
    Foreseen foreseen = foretell(listening(SSHD, open(openNow)), settings.split(";"));
    assertThat(foreseen.isLockOut()).as(why + ": " + foreseen.risks()).isFalse();
  }

  @Test
  void sshIsCutOffWhereTheInterfaceIsNotThere() {
    Evidence host = host(ETH0, ",'listeners':[" + SSHD + "],'firewall':" + open("22"));
    Foreseen foreseen = foretell(host, NO_SSH_PORT, ON_WG0);
    assertThat(foreseen.isLockOut()).isTrue();
    assertThat(foreseen.risks().get(0).evidence()).contains("wg0, which the host does not have");
  }

  @Test
  void sshIsCutOffWhereTheInterfaceIsAParameterThatNobodySupplied() {
    EffectiveProfile next = content(List.of("mgmt"), NO_SSH_PORT, ON_WG0);
    Foreseen foreseen =
        Foreseen.of(new Prospect(next, null, false, listening(SSHD, open("22"))), CATALOG);
    assertThat(foreseen.isLockOut()).isTrue();
    assertThat(foreseen.risks().get(0).evidence()).contains("a parameter that has no value");
    assertThat(keys(foreseen, Grade.CHECK)).contains("${mgmt}");
  }

  @Test
  void whatTheReleaseClosedBeforeCutsNobodyOffAgain() {
    String present = NO_SSH_PORT + ";" + ON_WG0;
    Foreseen foreseen =
        after(present, listening(SSHD, open("80")), NO_SSH_PORT, ON_WG0, "net.ipv4.tcp_sack=0");
    assertThat(foreseen.isLockOut()).isFalse();
    Foreseen lost = after(present, listening(SSHD, open("80")), NO_SSH_PORT);
    assertThat(lost.isLockOut()).as("its last interface is taken away").isTrue();
  }

  @Test
  void withoutListenersTheWayInIsAskedAboutAndNotCalledSafe() {
    Evidence dump = host("'net.ipv4.tcp_sack':'1'", "");
    Foreseen taken = foretell(dump, NO_SSH_PORT);
    assertThat(taken.isLockOut()).isTrue();
    assertThat(taken.risks().get(0).evidence()).contains("says nothing of listeners");
    Foreseen closed = foretell(dump, ENABLE, WEB);
    assertThat(closed.isLockOut()).isFalse();
    assertThat(keys(closed, Grade.CHECK)).contains("networking.firewall.enable");
    assertThat(foretell(null, NO_SSH_PORT).risks().get(0).evidence()).contains("never sent");
  }

  @Test
  void sshThatIsTurnedOffOrMovedOrBoundLocallyCutsPeopleOff() {
    Evidence host = listening(SSHD, open("22"));
    assertThat(foretell(host, "services.openssh.enable=false").isLockOut()).isTrue();
    assertThat(foretell(host, "services.openssh.enable=true").isLockOut()).isFalse();
    assertThat(
            foretell(host, "services.openssh.listenAddresses=[{\"addr\":\"127.0.0.1\"}]")
                .isLockOut())
        .isTrue();
    assertThat(
            foretell(host, "services.openssh.listenAddresses=[{\"addr\":\"10.0.0.1\"}]")
                .isLockOut())
        .isFalse();
    Foreseen moved = foretell(host, "services.openssh.ports=[2222]");
    assertThat(moved.isLockOut()).as("sshd opens its new port").isFalse();
    assertThat(keys(moved, Grade.BREAKAGE)).contains("services.openssh.ports");
    assertThat(foretell(host, "services.openssh.ports=[2222]", NO_SSH_PORT).isLockOut()).isTrue();
  }

  @Test
  void aHostWithoutSshIsNotLockedOut() {
    Evidence local =
        listening("{'proto':'tcp','address':'127.0.0.1','port':22,'process':'sshd'}", open("22"));
    assertThat(foretell(local, NO_SSH_PORT).isLockOut()).isFalse();
    assertThat(foretell(listening("", open("22")), NO_SSH_PORT).isLockOut()).isFalse();
  }

  @Test
  void aFilterOfWhatLeavesCutsThePortalOff() {
    Evidence host = listening(SSHD, open("22"));
    String filter = "networking.firewall.filterOutput.enabled=";
    assertThat(keys(foretell(host, filter + "true"), Grade.LOCK_OUT))
        .containsExactly("networking.firewall.filterOutput.enabled");
    assertThat(foretell(host, filter + "false").isLockOut()).isFalse();
    assertThat(after(filter + "true", host, filter + "true").isLockOut()).isFalse();
  }

  // Ports in use

  @Test
  void aPortInUseClosesWhereTheReleaseOpenedIt() {
    Evidence host = listening(tcp("dnsmasq", 53), open("22,53,80,443"));
    String before = "networking.firewall.allowedTCPPorts=[53,80,443]";
    Foreseen foreseen = after(before, host, WEB);
    assertThat(foreseen.risks(Grade.BREAKAGE)).hasSize(1);
    assertThat(foreseen.risks().get(0).what()).contains("53/tcp is in use and would close");
    assertThat(foreseen.risks().get(0).evidence()).contains("dnsmasq listens on *:53");
    assertThat(after(before, host, before).risks(Grade.BREAKAGE)).isEmpty();
    Evidence unused = listening("", open("22,53,80,443"));
    assertThat(after(before, unused, WEB).risks(Grade.BREAKAGE)).isEmpty();
  }

  @Test
  void aPortThatTheHostOpensItselfStaysOpenAndIsNamed() {
    Foreseen foreseen = foretell(listening(tcp("prometheus", 9090), open("22,9090")), WEB);
    assertThat(foreseen.risks(Grade.BREAKAGE)).isEmpty();
    assertThat(foreseen.risks(Grade.CHECK)).anyMatch(r -> r.what().contains("9090/tcp"));
  }

  @Test
  void everyPortClosesWhereNothingWasFiltered() {
    Evidence bare = listening(tcp("redis", 6379) + "," + tcp("nginx", 443), "{'backend':'none'}");
    Foreseen foreseen = foretell(bare, ENABLE, WEB);
    assertThat(foreseen.risks(Grade.BREAKAGE))
        .extracting(Risk::what)
        .anyMatch(what -> what.contains("6379"))
        .noneMatch(what -> what.contains("443"));
    assertThat(keys(foreseen, Grade.BREAKAGE)).containsOnly("networking.firewall.enable");
    assertThat(after(ENABLE, bare, ENABLE, WEB).risks(Grade.BREAKAGE))
        .as("its own configuration keeps the firewall off")
        .isEmpty();
  }

  @Test
  void aPortOfWhichNothingIsKnownIsToBeChecked() {
    Foreseen foreseen = foretell(listening(tcp("redis", 6379), ""), ENABLE);
    assertThat(foreseen.risks(Grade.BREAKAGE)).isEmpty();
    assertThat(foreseen.risks(Grade.CHECK)).anyMatch(r -> r.what().contains("6379/tcp"));
  }

  // Containers, NAT, tunnels

  @ParameterizedTest(name = "{0} breaks: {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "'net.ipv4.conf.docker0.forwarding':'1' | 'net.ipv4.conf.all.forwarding':'1' | Containers",
        "'net.ipv4.conf.br-3f0a.forwarding':'1' | 'net.ipv4.conf.all.forwarding':'1' | Containers",
        "'net.ipv4.conf.veth12.forwarding':'1' | 'net.ipv4.conf.all.forwarding':'1' | Containers",
        "'net.ipv4.conf.cni0.forwarding':'1' | 'net.ipv4.conf.all.forwarding':'1' | Containers",
        "'net.ipv4.conf.podman0.forwarding':'1' | 'net.ipv4.conf.all.forwarding':'1' | Containers",
        "'net.ipv4.conf.virbr0.forwarding':'1' | 'net.ipv4.conf.all.forwarding':'1' | Containers",
        "'net.ipv4.conf.incusbr0.forwarding':'1' | 'net.ipv4.conf.all.forwarding':'1' | Containers",
        "'net.ipv4.conf.docker0.rp_filter':'1' | 'kernel.x':'1' | Containers",
        "'net.ipv4.conf.tailscale0.forwarding':'1' | 'net.ipv4.conf.all.forwarding':'1' | Tailscale",
        "'net.ipv4.conf.eth0.forwarding':'1' | 'net.ipv4.conf.all.forwarding':'1' | NAT",
      })
  void forwardingAtZeroBreaks(String nic, String all, String what) {
    Foreseen foreseen = foretell(host(nic + "," + all, ""), "net.ipv4.conf.all.forwarding=0");
    assertThat(foreseen.risks(Grade.BREAKAGE))
        .extracting(Risk::what)
        .anyMatch(said -> said.contains(what));
  }

  @Test
  void forwardingThatIsOffOrStaysOnBreaksNothing() {
    String docker = "'net.ipv4.conf.docker0.forwarding':'0','net.ipv4.conf.all.forwarding':'0'";
    assertThat(foretell(host(docker, ""), "net.ipv4.conf.all.forwarding=0").risks(Grade.BREAKAGE))
        .isEmpty();
    String router = FORWARDS + ",'net.ipv4.conf.docker0.forwarding':'1'";
    assertThat(foretell(host(router, ""), "net.ipv4.conf.all.forwarding=1").risks(Grade.BREAKAGE))
        .isEmpty();
    assertThat(keys(foretell(null, "net.ipv4.conf.all.forwarding=0"), Grade.CHECK))
        .contains("net.ipv4.conf.all.forwarding");
  }

  // Modules

  @Test
  void lockedModulesBreakWhatLoadsThemLater() {
    Evidence tunnels = host("'kernel.x':'1'", ",'modules':['wireguard','ext4']");
    String lock = "security.lockKernelModules=true";
    assertThat(foretell(tunnels, lock).risks(Grade.BREAKAGE))
        .anyMatch(r -> r.evidence().contains("wireguard"));
    Evidence plain = host("'kernel.x':'1'", ",'modules':['ext4']");
    assertThat(foretell(plain, lock).risks(Grade.BREAKAGE)).isEmpty();
    Evidence locked = host("'kernel.modules_disabled':'1'", ",'modules':['wireguard']");
    assertThat(foretell(locked, lock).risks(Grade.BREAKAGE)).isEmpty();
    assertThat(foretell(host("'kernel.x':'1'", ""), lock).risks(Grade.CHECK))
        .anyMatch(r -> r.evidence().contains("nothing of loaded modules"));
  }

  @Test
  void aBlockedModuleThatIsLoadedIsNamed() {
    Evidence usb = host("'kernel.x':'1'", ",'modules':['usb_storage']");
    assertThat(keys(foretell(usb, "usb-storage=true", "dccp=true"), Grade.BREAKAGE))
        .containsExactly("usb-storage");
  }

  // Settings

  @Test
  void aSettingChangesWithItsDirectionOrIsSoAlready() {
    Foreseen foreseen =
        foretell(
            host("'net.ipv4.tcp_syncookies':'0','kernel.sysrq':'0','kernel.kptr_restrict':'2'", ""),
            "net.ipv4.tcp_syncookies=1",
            "kernel.sysrq=0",
            "kernel.kptr_restrict=1",
            "net.ipv4.tcp_sack=0",
            "net.ipv4.tcp_fack=0");
    assertThat(change(foreseen, "net.ipv4.tcp_syncookies").direction())
        .isEqualTo(Direction.STRONGER);
    assertThat(change(foreseen, "kernel.kptr_restrict").direction()).isEqualTo(Direction.WEAKER);
    assertThat(foreseen.changes().get(0).key()).isEqualTo("kernel.kptr_restrict");
    assertThat(foreseen.already()).containsExactly("kernel.sysrq");
    assertThat(foreseen.notKnown()).containsExactly("net.ipv4.tcp_sack");
    assertThat(foreseen.noEffect()).containsExactly("net.ipv4.tcp_fack");
  }

  @Test
  void whatIsNoLongerSetStaysUntilReboot() {
    Foreseen foreseen =
        after(
            "net.ipv4.tcp_syncookies=2;kernel.sysrq=0",
            host("'net.ipv4.tcp_syncookies':'2','kernel.sysrq':'0'", ""),
            "kernel.sysrq=0");
    Change gone = change(foreseen, "net.ipv4.tcp_syncookies");
    assertThat(gone.isRemoval()).isTrue();
    assertThat(gone.why()).contains("until reboot");
    assertThat(foreseen.changes()).hasSize(1);
  }

  @Test
  void anOptionIsKnownByEvidenceOrElseByItsRelease() {
    Evidence seen =
        host(
            "'kernel.x':'1'",
            ",'sshd':{'permitrootlogin':'without-password','PasswordAuthentication':'yes'},"
                + "'cmdline':'quiet slab_nomerge pti=on','firewall':{'backend':'nftables'}");
    Foreseen foreseen =
        after(
            "networking.firewall.allowPing=false",
            seen,
            "services.openssh.settings.PermitRootLogin=\"no\"",
            "services.openssh.settings.PasswordAuthentication=false",
            "slab_nomerge=true",
            "init_on_alloc=\"1\"",
            "networking.firewall.allowPing=false",
            ENABLE);
    assertThat(change(foreseen, "services.openssh.settings.PermitRootLogin").from())
        .isEqualTo("prohibit-password");
    assertThat(change(foreseen, "init_on_alloc").from()).isNull();
    assertThat(foreseen.already())
        .containsExactlyInAnyOrder(
            "slab_nomerge", "networking.firewall.allowPing", "networking.firewall.enable");
    assertThat(foreseen.risks(Grade.CHECK)).anyMatch(r -> r.what().contains("by password alone"));
    assertThat(
            foretell(host("'kernel.x':'1'", ""), "networking.firewall.allowPing=false").notKnown())
        .containsExactly("networking.firewall.allowPing");
  }

  @Test
  void whatWouldBeShadowedIsSaidUnlessTheContentCuresIt() {
    Evidence host =
        host("'net.ipv4.conf.all.rp_filter':'0','net.ipv4.conf.eth0.rp_filter':'2'", "");
    String all = "net.ipv4.conf.all.rp_filter=1";
    assertThat(foretell(host, all).risks(Grade.CHECK))
        .anyMatch(r -> r.what().contains("would not be in effect"));
    assertThat(foretell(host, all, "net.ipv4.conf.*.rp_filter=1").risks(Grade.CHECK))
        .noneMatch(r -> r.what().contains("would not be in effect"));
  }

  @Test
  void theOrderOfWritingIsForetold() {
    Evidence router =
        host(
            FORWARDS
                + ",'net.ipv4.conf.eth0.forwarding':'1','net.ipv4.conf.all.accept_redirects':'0',"
                + "'net.ipv4.conf.eth0.accept_redirects':'0'",
            "");
    Foreseen foreseen =
        foretell(router, "net.ipv4.conf.all.accept_redirects=0", "net.ipv4.conf.all.forwarding=0");
    assertThat(foreseen.risks(Grade.CHECK))
        .anyMatch(
            r ->
                r.key().equals("net.ipv4.conf.all.accept_redirects")
                    && r.evidence().contains("from 1 to 0"));
  }

  @Test
  void theWorstComesFirst() {
    Foreseen foreseen =
        foretell(
            host(
                FORWARDS + ",'net.ipv4.conf.docker0.forwarding':'1'",
                ",'listeners':[" + SSHD + "],'firewall':" + open("22")),
            "net.ipv4.conf.all.forwarding=0",
            NO_SSH_PORT);
    assertThat(foreseen.risks()).extracting(Risk::grade).isSorted();
    assertThat(foreseen.risks().get(0).grade()).isEqualTo(Grade.LOCK_OUT);
    assertThat(foreseen.risks()).allMatch(r -> !r.what().endsWith(".") && !r.evidence().isBlank());
  }
}
