package dev.palisade.audit.foretell;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.palisade.audit.verdict.Evidence;
import dev.palisade.audit.verdict.JsonEvidence;
import dev.palisade.catalog.Catalog;
import dev.palisade.catalog.CatalogFiles;
import dev.palisade.catalog.Setting;
import dev.palisade.catalog.SettingValue;
import dev.palisade.core.Digest;
import dev.palisade.profile.EffectiveProfile;
import dev.palisade.profile.EffectiveSetting;
import dev.palisade.profile.ProfileSetting;
import dev.palisade.profile.VersionRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who would be cut off without a port being closed: by a lost address family, or by a list. */
class SignInAndFamilyTest {

  private static final Catalog CATALOG = CatalogFiles.shipped();
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final VersionRef LAYER = new VersionRef("lan", 1, Digest.of("lan"));
  private static final String IPV6_OFF = "networking.enableIPv6=false";
  private static final String USERS = "services.openssh.settings.AllowUsers=";

  private static Evidence host(String members) {
    String json = "{'schema':'palisade.evidence/1'," + members + "}";
    return JsonEvidence.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8)).evidence();
  }

  private static String sysctl(String off) {
    return ("'sysctl':{'kernel.dmesg_restrict':'1','net.ipv6.conf.all.disable_ipv6':'%s',"
            + "'net.ipv6.conf.ens3.disable_ipv6':'%s'}")
        .formatted(off, off);
  }

  private static String listeners(String... addresses) {
    List<String> all = new ArrayList<>();
    for (String address : addresses) {
      all.add("{'proto':'tcp','address':'%s','port':22,'process':'sshd'}".formatted(address));
    }
    return "'listeners':[" + String.join(",", all) + "]";
  }

  private static Evidence listening(String... addresses) {
    return host(sysctl("0") + "," + listeners(addresses));
  }

  private static Evidence sshd(String members) {
    return host(sysctl("0") + "," + listeners("0.0.0.0", "::") + ",'sshd':{" + members + "}");
  }

  private static List<Risk> risks(@Nullable Evidence evidence, String... settings) {
    List<EffectiveSetting> all = new ArrayList<>();
    for (String text : settings) {
      String key = text.substring(0, text.indexOf('='));
      SettingValue value = value(text.substring(text.indexOf('=') + 1));
      all.add(
          new EffectiveSetting(
              key, value, known(key), new ProfileSetting(key, value), LAYER, new TreeSet<>()));
    }
    EffectiveProfile next =
        new EffectiveProfile(List.of(LAYER), all, new TreeMap<>(), List.of(), List.of());
    return Foreseen.of(new Prospect(next, null, false, evidence), CATALOG).risks();
  }

  /** What the catalog knows of a key, or of one of the same kind that it has. */
  private static Setting known(String key) {
    String alike = key.equals("ipv6") ? "dccp" : "services.openssh.settings.AllowUsers";
    return CATALOG.find(key).or(() -> CATALOG.find(alike)).orElseThrow();
  }

  private static SettingValue value(String json) {
    try {
      return SettingValue.fromJson(MAPPER.readTree(json), "/value");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> lockouts(@Nullable Evidence evidence, String... settings) {
    return risks(evidence, settings).stream().filter(Risk::isLockOut).map(Risk::what).toList();
  }

  private static List<String> checks(Evidence evidence, String... settings) {
    return risks(evidence, settings).stream()
        .filter(risk -> risk.grade() == Risk.Grade.CHECK && !risk.what().startsWith("Known to"))
        .map(Risk::what)
        .toList();
  }

  @Nested
  class Families {

    private static final String CUT_OFF =
        "ssh would be cut off: it is reached by IPv6 only, which is turned off";

    @ParameterizedTest
    @ValueSource(
        strings = {
          IPV6_OFF,
          "net.ipv6.conf.all.disable_ipv6=1",
          "net.ipv6.conf.ens3.disable_ipv6=1",
          "ipv6.disable=\"1\"",
          "ipv6=true"
        })
    void switchLocksOutOfHostReachedByIpv6(String setting) {
      assertThat(lockouts(listening("2001:db8::10"), setting)).containsExactly(CUT_OFF);
      assertThat(lockouts(listening("::"), setting)).containsExactly(CUT_OFF);
      assertThat(lockouts(listening("fe80::1%ens3"), setting)).containsExactly(CUT_OFF);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "networking.enableIPv6=true",
          "net.ipv6.conf.all.disable_ipv6=0",
          "net.ipv6.conf.default.disable_ipv6=1",
          "ipv6.disable=\"0\""
        })
    void settingThatKeepsIpv6LocksNobodyOut(String setting) {
      assertThat(lockouts(listening("2001:db8::10"), setting)).isEmpty();
    }

    @Test
    void socketOfIpv4KeepsTheHostReachable() {
      assertThat(lockouts(listening("0.0.0.0", "::"), IPV6_OFF)).isEmpty();
      assertThat(lockouts(listening("*"), IPV6_OFF)).as("takes both families").isEmpty();
      assertThat(lockouts(listening("::ffff:192.0.2.1"), IPV6_OFF)).isEmpty();
    }

    @Test
    void ipv6ThatIsOffAlreadyLosesNothing() {
      Evidence off = host(sysctl("1") + "," + listeners("::"));
      assertThat(lockouts(off, IPV6_OFF)).isEmpty();
      Evidence booted = host(sysctl("0") + "," + listeners("::") + ",'cmdline':'ipv6.disable=1'");
      assertThat(lockouts(booted, IPV6_OFF)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ipv6.disable=1 ipv6.disable=0", "quiet -- ipv6.disable=1"})
    void wordThatDoesNotCountLeavesIpv6On(String line) {
      Evidence host = host(sysctl("0") + "," + listeners("::") + ",'cmdline':'" + line + "'");
      assertThat(lockouts(host, IPV6_OFF)).containsExactly(CUT_OFF);
    }

    @Test
    void interfaceWithIpv6OnAgainCanBeCutOff() {
      String values =
          "'sysctl':{'net.ipv6.conf.all.disable_ipv6':'1','net.ipv6.conf.ens3.disable_ipv6':'0'}";
      assertThat(lockouts(host(values + "," + listeners("::")), IPV6_OFF)).containsExactly(CUT_OFF);
    }

    @Test
    void portThatSshdForwardsToTheHostIsNotItsOwn() {
      Evidence host =
          host(
              sysctl("0")
                  + ",'listeners':[{'proto':'tcp','address':'::','port':22,'process':'systemd'},"
                  + "{'proto':'tcp','address':'127.0.0.1','port':6010,'process':'sshd'}]");
      assertThat(lockouts(host, IPV6_OFF)).containsExactly(CUT_OFF);
    }

    @Test
    void sshdOfIpv4AloneLocksOutOfHostReachedByIpv6() {
      String family = "services.openssh.settings.AddressFamily=\"inet\"";
      assertThat(lockouts(listening("2001:db8::10"), family)).containsExactly(CUT_OFF);
      assertThat(lockouts(listening("0.0.0.0", "::"), family)).isEmpty();
    }

    @Test
    void rulesOfIpv4ThatRefuseSshCount() {
      String rules =
          "*filter\\n:INPUT DROP [0:0]\\n:FORWARD ACCEPT [0:0]\\n:OUTPUT ACCEPT [0:0]\\n"
              + "-A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT\\n%sCOMMIT\\n";
      String open = "-A INPUT -p tcp -m tcp --dport 22 -j ACCEPT\\n";
      String firewall = ",'firewall':{'backend':'iptables','ruleset':'%s','ruleset6':'%s'}";
      Evidence byIpv6 =
          host(
              sysctl("0")
                  + ","
                  + listeners("0.0.0.0", "::")
                  + firewall.formatted(rules.formatted(""), rules.formatted(open)));
      assertThat(lockouts(byIpv6, IPV6_OFF)).containsExactly(CUT_OFF);
      Evidence byBoth =
          host(
              sysctl("0")
                  + ","
                  + listeners("0.0.0.0", "::")
                  + firewall.formatted(rules.formatted(open), rules.formatted(open)));
      assertThat(lockouts(byBoth, IPV6_OFF)).isEmpty();
    }

    @Test
    void tunnelReachedByIpv6IsCutOff() {
      Evidence host =
          host(
              sysctl("0")
                  + ",'listeners':[{'proto':'tcp','address':'*','port':22,'process':'sshd'},"
                  + "{'proto':'udp','address':'::','port':1194,'process':'openvpn'},"
                  + "{'proto':'tcp','address':'::','port':8443,'process':'caddy'}]");
      assertThat(lockouts(host, IPV6_OFF))
          .containsExactly(
              "OpenVPN would be cut off: it is reached by IPv6 only, which is turned off");
      assertThat(risks(host, IPV6_OFF))
          .extracting(Risk::what)
          .contains("Port 8443/tcp is reached by IPv6 only, which is turned off");
    }

    @Test
    void addressesOfIpv6AloneLockOutWithoutIpv6() {
      String addresses = "services.openssh.listenAddresses=[{\"addr\":\"2001:db8::10\"}]";
      assertThat(lockouts(listening("0.0.0.0", "::"), addresses, IPV6_OFF))
          .containsExactly("ssh would answer at IPv6 addresses only, and IPv6 is off");
    }
  }

  @Nested
  class SignIn {

    private static final String TWO = "'allowusers':['root','deploy']";

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "[\"carol\"] | The accounts root and deploy could no longer sign in to ssh, and nobody is"
              + " left of those who may now",
          "[\"ops\",\"backup\"] | The accounts root and deploy could no longer sign in to ssh, and"
              + " nobody is left of those who may now"
        })
    void allowListWithoutThoseWhoMayNowLocksOut(String users, String lockout) {
      assertThat(lockouts(sshd(TWO), USERS + users)).containsExactly(lockout);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "[\"root\",\"carol\"] | The account deploy could no longer sign in to ssh",
          "[\"root\",\"deploy@10.0.0.*\"] | The account deploy could sign in to ssh from some"
              + " addresses only"
        })
    void allowListThatDropsSomebodyIsChecked(String users, String check) {
      assertThat(lockouts(sshd(TWO), USERS + users)).isEmpty();
      assertThat(checks(sshd(TWO), USERS + users)).containsExactly(check);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "[\"root\",\"deploy\"]",
          "[\"deploy\",\"root\",\"carol\"]",
          "[\"*\"]",
          "[\"r*\",\"d?ploy\"]"
        })
    void allowListThatCoversAllIsQuiet(String users) {
      assertThat(checks(sshd(TWO), USERS + users)).isEmpty();
      assertThat(lockouts(sshd(TWO), USERS + users)).isEmpty();
    }

    @Test
    void firstAllowListNamesWhoIsLeft() {
      assertThat(checks(sshd("'port':'22'"), USERS + "[\"carol\"]"))
          .containsExactly("Only the account carol could sign in to ssh");
      assertThat(checks(listening("0.0.0.0"), USERS + "[\"carol\"]"))
          .containsExactly("Only the account carol could sign in to ssh");
    }

    @Test
    void groupsAreReadLikeAccounts() {
      String groups = "services.openssh.settings.AllowGroups=[\"staff\"]";
      assertThat(lockouts(sshd("'allowgroups':'wheel'"), groups))
          .containsExactly(
              "The group wheel could no longer sign in to ssh, and nobody is left of those who may"
                  + " now");
      assertThat(lockouts(sshd("'allowgroups':['wheel','staff']"), groups)).isEmpty();
    }

    @Test
    void denyListIsAskedBeforeTheAllowList() {
      String denied = "services.openssh.settings.DenyUsers=";
      assertThat(lockouts(sshd(TWO), denied + "[\"root\",\"deploy\"]")).hasSize(1);
      assertThat(lockouts(sshd("'port':'22'"), denied + "[\"*\"]")).hasSize(1);
      assertThat(checks(sshd(TWO), denied + "[\"deploy\"]"))
          .containsExactly("The account deploy could no longer sign in to ssh");
      assertThat(checks(sshd(TWO), denied + "[\"carol\"]")).as("may not now").isEmpty();
      assertThat(checks(sshd("'denyusers':'carol'"), denied + "[\"carol\"]")).isEmpty();
      assertThat(checks(sshd("'allowusers':'*'"), denied + "[\"deploy\"]"))
          .containsExactly("The account deploy could no longer sign in to ssh");
      assertThat(checks(sshd(TWO), denied + "[\"root@10.0.0.*\"]"))
          .containsExactly("The account root@10.0.0.* could no longer sign in to ssh from there");
    }

    @Test
    void rootAloneMayNotBeShutOut() {
      String no = "services.openssh.settings.PermitRootLogin=\"no\"";
      assertThat(lockouts(sshd("'permitrootlogin':'yes','allowusers':'root'"), no)).hasSize(1);
      assertThat(lockouts(sshd("'permitrootlogin':'yes'," + TWO), no)).isEmpty();
      assertThat(lockouts(sshd("'permitrootlogin':'no','allowusers':'root'"), no)).isEmpty();
      assertThat(lockouts(sshd("'permitrootlogin':'no'," + TWO), USERS + "[\"root\"]")).hasSize(1);
    }

    @Test
    void oneWayOfSigningInMustBeLeft() {
      String passwords = "services.openssh.settings.PasswordAuthentication=false";
      String challenges = "services.openssh.settings.KbdInteractiveAuthentication=false";
      String daemon = "'pubkeyauthentication':'%s','passwordauthentication':'yes'";
      assertThat(lockouts(sshd(daemon.formatted("no")), passwords, challenges))
          .containsExactly("Nobody could sign in to ssh any more: no way of signing in is left");
      assertThat(lockouts(sshd(daemon.formatted("yes")), passwords, challenges)).isEmpty();
      assertThat(checks(sshd(daemon.formatted("yes")), passwords))
          .containsExactly("Whoever signs in to ssh by password alone could no longer");
    }
  }
}
