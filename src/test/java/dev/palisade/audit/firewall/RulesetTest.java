package dev.palisade.audit.firewall;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RulesetTest {

  /** What grows without bound takes hours; what does not may wait for a busy machine. */
  private static final Duration BUSY_MACHINE = Duration.ofSeconds(60);

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String NFT = resource("nixos-nft.json");
  private static final String SAVED = resource("nixos-iptables-save.txt");
  private static final String SAVED6 = resource("nixos-ip6tables-save.txt");

  /** A base chain of iptables with these rules, one in each line. */
  private static final String FILTER =
      """
      *filter
      :INPUT %s [0:0]
      :FORWARD ACCEPT [0:0]
      :OUTPUT ACCEPT [0:0]
      :nixos-fw - [0:0]
      :f2b-sshd - [0:0]
      %s
      COMMIT
      """;

  private static String resource(String name) {
    try (var in = RulesetTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode json(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Stream<Inbound> bothForms() {
    return Stream.of(
        Ruleset.read(json(NFT), Family.IPV4), Ruleset.read(TextNode.valueOf(SAVED), Family.IPV4));
  }

  @Test
  void bothFormsOfOneFirewallSayTheSame() {
    bothForms()
        .forEach(
            inbound -> {
              assertThat(inbound.doubts()).isEmpty();
              assertThat(inbound.refuses()).isTrue();
              assertThat(inbound.rejects()).isTrue();
              assertThat(inbound.ping()).isTrue();
              assertThat(inbound.reversePath()).isEqualTo(ReversePath.STRICT);
              assertThat(inbound.logged())
                  .containsExactlyInAnyOrder(
                      "rpfilter drop: ",
                      "refused connection: ",
                      "refused broadcast: ",
                      "refused multicast: ",
                      "refused packet: ");
              assertThat(words(inbound, "tcp"))
                  .contains(
                      "22", "53", "80", "443", "8000-8010", "9100 on wg0", "every port on docker0")
                  .contains("24800 from 10.0.0.0/8");
              assertThat(words(inbound, "udp")).contains("53", "every port on docker0");
            });
  }

  @ParameterizedTest
  @EnumSource(Family.class)
  void temporaryPortsStandApart(Family family) {
    Inbound inbound = Ruleset.read(json(NFT), family);
    assertThat(of(inbound, Opening.Kind.TEMPORARY)).containsExactly("8080", "5000-5010");
    assertThat(of(inbound, Opening.Kind.HAND))
        .isEqualTo(family == Family.IPV4 ? List.of("24800 from 10.0.0.0/8") : List.of());
  }

  @Test
  void ipv6HasItsOwnRules() {
    for (Inbound inbound :
        List.of(
            Ruleset.read(json(NFT), Family.IPV6),
            Ruleset.read(TextNode.valueOf(SAVED6), Family.IPV6))) {
      assertThat(inbound.doubts()).isEmpty();
      assertThat(inbound.ping()).as("NixOS answers it always").isTrue();
      assertThat(words(inbound, "tcp")).contains("22", "9100 on wg0");
      assertThat(words(inbound, "udp")).as("DHCPv6 is no port of the host").doesNotContain("546");
    }
  }

  @ParameterizedTest(name = "{1} ({0}): {2} {3}")
  @CsvSource(
      delimiter = '|',
      value = {
        // What opens
        "DROP   | -A INPUT -p tcp -m tcp --dport 22 -j ACCEPT | 22 | ''",
        "DROP   | -A INPUT -p tcp -m multiport --dports 22,80:90 -j ACCEPT | 22,80-90 | ''",
        "DROP   | -A INPUT -p tcp -j ACCEPT | every port | ''",
        "DROP   | -A INPUT -i tap+ -p tcp --dport 5 -j ACCEPT | 5 on tap* | ''",
        "DROP   | -A INPUT -s 10.0.0.1/32 -j ACCEPT | every port from 10.0.0.1/32 | ''",
        "DROP   | -A INPUT -i lo -j ACCEPT | '' | ''",
        "DROP   | -A INPUT -p tcp --dport 22 -m conntrack --ctstate NEW -j ACCEPT | 22 | ''",
        "DROP   | -A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT | '' | ''",
        "DROP   | -A INPUT -p tcp -m tcp ! --dport 22 -j ACCEPT | 0-21,23-65535 | ''",
        // What closes before it opens, and what does not close
        "DROP   | -A INPUT -p tcp --dport 22 -j DROP;-A INPUT -p tcp --dport 20:24 -j ACCEPT | 20-21,23-24 | ''",
        "DROP   | -A INPUT -s 1.2.3.4/32 -j DROP;-A INPUT -p tcp --dport 22 -j ACCEPT | 22 | ''",
        "DROP   | -A INPUT -p tcp -m multiport --dports 22 -j f2b-sshd;-A f2b-sshd -s 1.2.3.4/32 -j REJECT;-A f2b-sshd -j RETURN;-A INPUT -p tcp --dport 22 -j ACCEPT | 22 | ''",
        "DROP   | -A INPUT -p tcp ! --syn -j DROP;-A INPUT -p tcp --dport 22 -j ACCEPT | 22 | ''",
        "DROP   | -A INPUT -s 100.64.0.0/10 ! -i ts0 -j DROP;-A INPUT -p tcp --dport 22 -j ACCEPT | 22 | ''",
        "ACCEPT | -A INPUT -p tcp -m magic --spell x -j ACCEPT | every port | ''",
        "ACCEPT | -A INPUT -p tcp -m magic --spell x -j DROP | every port | --spell",
        // Chains
        "ACCEPT | -A INPUT -j nixos-fw;-A nixos-fw -p tcp --dport 22 -j ACCEPT;-A nixos-fw -j DROP | 22 | ''",
        "ACCEPT | -A INPUT -p tcp --dport 22 -j ACCEPT | every port | ''",
        "ACCEPT | -A INPUT -j nixos-fw;-A nixos-fw -j RETURN;-A INPUT -j DROP | '' | ''",
        "ACCEPT | -A INPUT -j nixos-fw | every port | ''",
        "DROP   | -A INPUT -j ACCEPT | every port | ''",
        "DROP   | -A INPUT ! -p icmp -j ACCEPT | every port | ''",
        "DROP   | -A INPUT ! -p udp -j DROP;-A INPUT -p tcp --dport 22 -j ACCEPT | '' | ''",
        // Refused to some, or gone round by some, is open to somebody
        "ACCEPT | -A INPUT -m conntrack --ctstate INVALID,UNTRACKED -j DROP | every port | ''",
        "DROP   | -A INPUT -m conntrack --ctstate UNTRACKED -p tcp --dport 22 -j DROP;-A INPUT -p tcp --dport 22 -j ACCEPT | 22 | ''",
        "DROP   | -A INPUT -p tcp --dport 22 -j nixos-fw;-A nixos-fw -m limit --limit 5/sec -j RETURN;-A nixos-fw -j DROP;-A INPUT -p tcp --dport 22 -j ACCEPT | 22 | ''",
        "DROP   | -A INPUT -p tcp --syn -j nixos-fw;-A nixos-fw -m limit --limit 5/sec -j RETURN;-A nixos-fw -j DROP;-A INPUT -p tcp --dport 22 -j ACCEPT | 22 | ''",
        "DROP   | -A INPUT -j nixos-fw;-A nixos-fw ! -s 1.2.3.4/32 -j RETURN;-A nixos-fw -p tcp --dport 22 -j DROP;-A INPUT -p tcp --dport 22 -j ACCEPT | 22 | ''",
        "ACCEPT | -A INPUT -j nixos-fw;-A nixos-fw -m limit --limit 5/sec -j RETURN;-A nixos-fw -j DROP | every port | ''",
        "ACCEPT | -A INPUT ! -s 1.2.3.4/32 -j RETURN;-A INPUT -j DROP | every port | ''",
        "ACCEPT | -A INPUT ! -s 1.2.3.4/32 -g nixos-fw;-A INPUT -j DROP | every port | ''",
        "DROP   | -A INPUT -m conntrack --ctstate DNAT -j ACCEPT | every port by state of the connection | ''",
        "DROP   | -A INPUT -m conntrack --ctstate NEW,UNTRACKED -p tcp --dport 22 -j ACCEPT | 22 | ''",
        "DROP   | -A INPUT -p tcp --tcp-flags RST SYN -j DROP;-A INPUT -p tcp --dport 22 -j ACCEPT | 22 | ''",
        "DROP   | -A INPUT -p tcp ! --tcp-flags RST SYN -j ACCEPT | every port | ''",
        "DROP   | -A INPUT -p tcp --tcp-flags FIN,SYN,RST,PSH,ACK,URG SYN -j DROP;-A INPUT -p tcp --dport 22 -j ACCEPT | 22 | ''",
        "DROP   | -A INPUT -p tcp --dport 22 -m comment --comment --ctstate -j ACCEPT | 22 | ''",
        "ACCEPT | -A INPUT -m socket -j DROP | every port | -m socket",
        // What is not understood
        "DROP   | -A INPUT -p tcp -m magic --spell x -j ACCEPT | '' | --spell",
        "DROP   | -A INPUT -p tcp --dport 22 -j NFQUEUE --queue-num 1 | '' | not understood",
        "DROP   | -A INPUT -i eth1 -j DROP;-A INPUT -p tcp --dport 22 -j ACCEPT | 22 not on eth1 | ''",
        "DROP   | -A INPUT -p tcp -j RETURN;-A INPUT -p tcp --dport 22 -j ACCEPT | '' | ''",
        "DROP   | -A INPUT -p udp -m magic --spell x -j ACCEPT | '' | ''",
        "DROP   | -A INPUT -p tcp --dport ssh -j ACCEPT | '' | --dport ssh",
      })
  void savedRules(String policy, String rules, String open, String doubt) {
    Inbound inbound =
        Ruleset.read(
            TextNode.valueOf(FILTER.formatted(policy, rules.replace(";", "\n"))), Family.IPV4);
    assertThat(String.join(",", words(inbound, "tcp"))).isEqualTo(open);
    if (doubt.isEmpty()) {
      assertThat(inbound.doubtAbout("tcp")).isNull();
    } else {
      assertThat(inbound.doubtAbout("tcp")).contains(doubt);
    }
  }

  @ParameterizedTest(name = "{0}: {1} {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "{'match':{'op':'==','left':{'payload':{'protocol':'tcp','field':'dport'}},'right':'@mine'}} | 7,9-10 | ''",
        "{'match':{'op':'==','left':{'payload':{'protocol':'tcp','field':'dport'}},'right':'@gone'}} | '' | @gone",
        "{'match':{'op':'>=','left':{'payload':{'protocol':'tcp','field':'dport'}},'right':60000}} | 60000-65535 | ''",
        "{'match':{'op':'==','left':{'concat':[{'meta':{'key':'iifname'}},{'payload':{'protocol':'tcp','field':'dport'}}]},'right':{'set':[{'concat':['eth0',22]}]}}} | 22 on eth0 | ''",
        "{'vmap':{'key':{'payload':{'protocol':'tcp','field':'dport'}},'data':{'set':[[22,{'accept':null}],[23,{'drop':null}]]}}} | 22 | ''",
        "{'match':{'op':'in','left':{'ct':{'key':'state'}},'right':['established','related']}} | '' | ''",
        "{'match':{'op':'==','left':{'meta':{'key':'nfproto'}},'right':'ipv6'}} | '' | ''",
        "{'match':{'op':'==','left':{'meta':{'key':'l4proto'}},'right':{'set':['tcp','udp']}}} | every port | ''",
        "{'match':{'op':'!','left':{'ct':{'key':'state'}},'right':'invalid'}} | every port | ''",
        "{'match':{'op':'in','left':{'ct':{'key':'state'}},'right':['untracked']}} | every port untracked | ''",
        "{'match':{'op':'==','left':{'meta':{'key':'l4proto'}},'right':{'set':[{'range':[6,17]}]}}} | '' | l4proto",
        "{'match':{'op':'<','left':{'meta':{'key':'l4proto'}},'right':100}} | '' | l4proto",
        "{'match':{'op':'==','left':{'meta':{'key':'l4proto'}},'right':6}} | every port | ''",
        "{'match':{'op':'==','left':{'payload':{'protocol':'ip','field':'protocol'}},'right':{'range':[0,20]}}} | '' | ip protocol",
        "{'vmap':{'key':{'meta':{'key':'l4proto'}},'data':{'set':[[{'range':[0,5]},{'drop':null}],[{'range':[6,17]},{'accept':null}]]}}} | '' | l4proto",
        "{'match':{'op':'!=','left':{'&':[{'payload':{'protocol':'tcp','field':'flags'}},'rst']},'right':'syn'}} | every port | ''",
        "{'match':{'op':'==','left':{'&':[{'payload':{'protocol':'tcp','field':'flags'}},['syn','ack']]},'right':'syn'}} | every port | ''",
        "{'xt':{'type':'match','name':'conntrack'}} | '' | xt conntrack",
        "{'match':{'op':'==','left':{'future':{}},'right':1}} | '' | future",
        "{'match':{'op':'==','left':{'payload':{'base':'th','offset':16,'len':16}},'right':22}} | '' | bytes",
      })
  void nftRules(String statement, String open, String doubt) {
    String rules =
        ("{'nftables':[{'chain':{'family':'inet','table':'t','name':'c','type':'filter','hook':'input','policy':'drop'}},"
                + "{'set':{'family':'inet','table':'t','name':'mine','elem':[7,{'range':[9,10]}]}},"
                + "{'rule':{'family':'inet','table':'t','chain':'c','expr':["
                + statement
                + (statement.contains("vmap") ? "" : ",{'accept':null}")
                + "]}}]}")
            .replace('\'', '"');
    Inbound inbound = Ruleset.read(json(rules), Family.IPV4);
    assertThat(String.join(",", words(inbound, "tcp"))).isEqualTo(open);
    assertThat(inbound.doubts().getOrDefault(Topic.TCP, "")).contains(doubt);
    assertThat(inbound.doubts().containsKey(Topic.TCP)).isEqualTo(!doubt.isEmpty());
  }

  /** Rules of nft in one chain that drops, on input unless they begin with another hook. */
  @ParameterizedTest(name = "{0} leaves open {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        // What iptables wrote has its name alone
        "prerouting: {'xt':{'type':'match','name':'rpfilter'}},{'return':null} | REVERSE_PATH",
        "prerouting: {'xt':{'type':'match','name':'rpfilter'}},{'jump':{'target':'other'}} | REVERSE_PATH",
        "prerouting: {'xt':{'type':'match','name':'rpfilter'}},{'xt':{'type':'target','name':'LOG'}} | LOGGING",
        "prerouting: {'xt':{'type':'target','name':'MARK'}} | ''",
        "{'xt':{'type':'target','name':'LOG'}} | LOGGING",
        "{'xt':{'type':'target','name':'CONNSECMARK'}} | ''",
        "{'log':{'prefix':'x'}} | ''",
        // What somebody else decides
        "{'queue':{'num':1}} | FILTER TCP UDP PING",
        "{'xt':{'type':'target','name':'NFQUEUE'}} | FILTER TCP UDP PING",
        "{'match':{'op':'in','left':{'ct':{'key':'state'}},'right':'new'}},{'queue':{'num':1}} | FILTER TCP UDP PING",
        "{'jump':{'target':'gone'}} | FILTER TCP UDP PING",
        // A port or address that is written anew sends packets past the rules for it
        "prerouting: {'mangle':{'key':{'payload':{'protocol':'tcp','field':'dport'}},'value':22}} | FILTER TCP UDP PING",
        "prerouting: {'match':{'op':'==','left':{'payload':{'protocol':'tcp','field':'dport'}},'right':8080}},{'mangle':{'key':{'payload':{'protocol':'tcp','field':'dport'}},'value':22}} | TCP",
        "{'mangle':{'key':{'payload':{'protocol':'ip','field':'dscp'}},'value':1}} | ''",
        "{'match':{'op':'==','left':{'meta':{'key':'l4proto'}},'right':'tcp'}},{'queue':{'num':1}} | TCP",
      })
  void whatIsNotUnderstoodLeavesOpenWhatItTouches(String rule, String topics) {
    boolean before = rule.startsWith("prerouting: ");
    String chain = "{'chain':{'family':'inet','table':'t','name':'%s'%s}},";
    String base = ",'type':'filter','hook':'%s','policy':'%s'";
    String rules =
        "{'nftables':["
            + chain.formatted("input", base.formatted("input", "drop"))
            + chain.formatted("prerouting", base.formatted("prerouting", "accept"))
            + chain.formatted("other", "")
            + "{'rule':{'family':'inet','table':'t','chain':'%s','expr':[%s]}}]}"
                .formatted(
                    before ? "prerouting" : "input",
                    before ? rule.substring("prerouting: ".length()) : rule);
    Inbound inbound = Ruleset.read(json(rules.replace('\'', '"')), Family.IPV4);
    assertThat(inbound.doubts().keySet().stream().map(Topic::name))
        .containsExactlyInAnyOrder(topics.isEmpty() ? new String[0] : topics.split(" ", -1));
  }

  /** Rules of a chain that comes before the one that refuses all but port 22. */
  @ParameterizedTest(name = "{0} before")
  @CsvSource(
      delimiter = '|',
      value = {
        "{'drop':null} | '' | ''",
        "{'match':{'op':'==','left':{'meta':{'key':'iifname'}},'right':'eth0'}},{'accept':null};{'drop':null} | 22 | ''",
        "{'match':{'op':'!=','left':{'payload':{'protocol':'ip','field':'saddr'}},'right':'1.2.3.4'}},{'accept':null};{'drop':null} | 22 | ''",
        "{'match':{'op':'!=','left':{'payload':{'protocol':'ip','field':'saddr'}},'right':'1.2.3.4'}},{'return':null};{'drop':null} | 22 | ''",
        "{'match':{'op':'!=','left':{'meta':{'key':'iifname'}},'right':'wg0'}},{'accept':null};{'drop':null} | 22 | ''",
        "{'match':{'op':'==','left':{'payload':{'protocol':'tcp','field':'dport'}},'right':'@soon'}},{'drop':null} | 22 | ''",
      })
  void whatAChainBeforeShutsIsShutToEverybody(String rules, String open, String doubt) {
    StringBuilder text =
        new StringBuilder(
            "{'nftables':[{'chain':{'family':'inet','table':'t','name':'a','type':'filter','hook':'input','policy':'accept'}},"
                + "{'chain':{'family':'inet','table':'t','name':'b','type':'filter','hook':'input','policy':'drop'}},"
                + "{'set':{'family':'inet','table':'t','name':'soon','elem':[{'elem':{'val':22,'timeout':5}}]}}");
    String rule = ",{'rule':{'family':'inet','table':'t','chain':'%s','expr':[%s]}}";
    String port =
        "{'match':{'op':'==','left':{'payload':{'protocol':'tcp','field':'dport'}},'right':22}},";
    for (String one : rules.split(";", -1)) {
      text.append(rule.formatted("a", one.equals("{'drop':null}") ? port + one : one));
    }
    text.append(rule.formatted("b", port + "{'accept':null}")).append("]}");
    Inbound inbound = Ruleset.read(json(text.toString().replace('\'', '"')), Family.IPV4);
    assertThat(inbound.refuses()).isTrue();
    assertThat(String.join(",", words(inbound, "tcp"))).isEqualTo(open);
    assertThat(inbound.doubts().getOrDefault(Topic.TCP, "")).isEqualTo(doubt);
  }

  @Test
  void aDormantTableRefusesNothing() {
    String dormant =
        NFT.replace(
            "\"name\": \"nixos-fw\", \"handle\": 1}",
            "\"name\": \"nixos-fw\", \"flags\": [\"dormant\"]}");
    assertThat(dormant).isNotEqualTo(NFT);
    Inbound inbound = Ruleset.read(json(dormant), Family.IPV4);
    assertThat(inbound.refuses()).isFalse();
    assertThat(words(inbound, "tcp")).containsExactly("every port");
  }

  @Test
  void aTableWithAFlagThatIsNotKnownMayBeDormant() {
    String flagged =
        NFT.replace(
            "\"name\": \"nixos-fw\", \"handle\": 1}",
            "\"name\": \"nixos-fw\", \"handle\": 1, \"flags\": \"nixos-fw\"}");
    assertThat(flagged).isNotEqualTo(NFT);
    assertThat(Ruleset.read(json(flagged), Family.IPV4).doubts())
        .containsKeys(Topic.FILTER, Topic.TCP, Topic.UDP, Topic.PING);
    String owned = flagged.replace("\"flags\": \"nixos-fw\"", "\"flags\": \"owner\"");
    assertThat(Ruleset.read(json(owned), Family.IPV4).doubts()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"8/0, true", "8, true", "3, false"})
  void aTypeOfIcmpMayHaveACode(String type, boolean answers) {
    String rule = "-A INPUT -p icmp -m icmp --icmp-type " + type + " -j ACCEPT";
    Inbound inbound = Ruleset.read(TextNode.valueOf(FILTER.formatted("DROP", rule)), Family.IPV4);
    assertThat(inbound.ping()).isEqualTo(answers);
    assertThat(inbound.doubts()).isEmpty();
  }

  @Test
  void aRangeOfIcmpTypesIsNotWorkedOut() {
    String rules =
        "{'nftables':[{'chain':{'family':'inet','table':'t','name':'c','type':'filter','hook':'input','policy':'drop'}},"
            + "{'rule':{'family':'inet','table':'t','chain':'c','expr':[{'match':{'op':'<','left':"
            + "{'payload':{'protocol':'icmp','field':'type'}},'right':9}},{'accept':null}]}}]}";
    Inbound inbound = Ruleset.read(json(rules.replace('\'', '"')), Family.IPV4);
    assertThat(inbound.doubts()).containsOnlyKeys(Topic.PING);
  }

  @Test
  void namesOfInterfacesAreNotComparedWithoutEnd() {
    StringBuilder names = new StringBuilder();
    for (int i = 0; i < 250; i++) {
      names.append(i == 0 ? "" : ",").append("'e").append(i).append("'");
    }
    String match =
        "{'match':{'op':'==','left':{'meta':{'key':'iifname'}},'right':{'set':[" + names + "]}}},";
    StringBuilder rules =
        new StringBuilder(
            "{'nftables':[{'chain':{'family':'inet','table':'t','name':'c','type':'filter','hook':'input','policy':'drop'}}");
    for (int i = 0; i < 400; i++) {
      rules
          .append(",{'rule':{'family':'inet','table':'t','chain':'c','expr':[")
          .append(match.repeat(4))
          .append("{'drop':null}]}}");
    }
    JsonNode ruleset = json(rules.append("]}").toString().replace('\'', '"'));
    Inbound inbound =
        Assertions.assertTimeout(BUSY_MACHINE, () -> Ruleset.read(ruleset, Family.IPV4));
    assertThat(inbound.doubts()).containsKey(Topic.FILTER);
  }

  @ParameterizedTest
  @CsvSource({"-A INPUT -j NFQUEUE --queue-num 0", "-A INPUT -g gone"})
  void whoeverDecidesOverEverythingMayLetEverythingIn(String rule) {
    Inbound inbound = Ruleset.read(TextNode.valueOf(FILTER.formatted("DROP", rule)), Family.IPV4);
    assertThat(inbound.doubt(Topic.FILTER)).contains("a rule in INPUT");
  }

  @Test
  void whatTwoChainsBothLetInIsOpen() {
    String second =
        ",{\"chain\":{\"family\":\"ip\",\"table\":\"mine\",\"name\":\"i\","
            + "\"type\":\"filter\",\"hook\":\"input\",\"prio\":0,\"policy\":\"drop\"}}]}";
    Inbound inbound = Ruleset.read(json(NFT.replaceAll("(?s)\\n]}\\s*$", second)), Family.IPV4);
    assertThat(inbound.refuses()).isTrue();
    assertThat(inbound.doubts()).isEmpty();
    assertThat(inbound.openings()).isEmpty();
  }

  @Test
  void whatAnotherTableShutsIsShut() {
    String ban =
        ",{\"chain\":{\"family\":\"inet\",\"table\":\"ban\",\"name\":\"i\",\"type\":\"filter\","
            + "\"hook\":\"input\",\"prio\":-1,\"policy\":\"accept\"}},{\"rule\":{\"family\":\"inet\","
            + "\"table\":\"ban\",\"chain\":\"i\",\"expr\":[{\"match\":{\"op\":\"==\",\"left\":{\"payload\":"
            + "{\"protocol\":\"tcp\",\"field\":\"dport\"}},\"right\":22}},{\"drop\":null}]}}]}";
    Inbound inbound = Ruleset.read(json(NFT.replaceAll("(?s)\\n]}\\s*$", ban)), Family.IPV4);
    assertThat(inbound.doubts()).isEmpty();
    assertThat(words(inbound, "tcp")).contains("53").doesNotContain("22");
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "-A PREROUTING -m rpfilter --validmark --loose -j RETURN;-A PREROUTING -j DROP | LOOSE",
        "-A PREROUTING -m rpfilter --invert -j DROP | STRICT",
        "-A PREROUTING -m rpfilter --validmark -j RETURN | NONE",
      })
  void reversePath(String rules, String expected) {
    String text = "*raw\n:PREROUTING ACCEPT [0:0]\n" + rules.replace(";", "\n") + "\nCOMMIT\n";
    Inbound inbound = Ruleset.read(TextNode.valueOf(text), Family.IPV4);
    assertThat(inbound.reversePath()).hasToString(expected);
    assertThat(inbound.doubts().containsKey(Topic.REVERSE_PATH)).isEqualTo(expected.equals("NONE"));
  }

  @Test
  void noRulesRefuseNothing() {
    for (JsonNode none : List.of(TextNode.valueOf(""), json("{\"nftables\":[]}"))) {
      Inbound inbound = Ruleset.read(none, Family.IPV4);
      assertThat(inbound.refuses()).isFalse();
      assertThat(words(inbound, "tcp")).containsExactly("every port");
      assertThat(inbound.ping()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({"hello", "-A INPUT -j DROP", "'*filter\n-A NOWHERE -j DROP'", "'*filter\n-A'"})
  void whatIsNoRulesetIsOneBigDoubt(String text) {
    assertThat(Ruleset.read(TextNode.valueOf(text), Family.IPV4).doubts())
        .hasSize(Topic.values().length);
  }

  @Test
  void hugeRulesetsEndSoon() {
    String accept = "\n-A nixos-fw -s 10.0.0.1/32 -p tcp -m tcp --dport 60000 -j ACCEPT";
    String chains =
        IntStream.range(0, 60).mapToObj(i -> ":c" + i + " - [0:0]\n").collect(Collectors.joining());
    String jumps =
        IntStream.range(0, 59)
            .mapToObj(i -> "-A c%d -j c%d\n".formatted(i, i + 1).repeat(2))
            .collect(Collectors.joining());
    String range = ",{\"range\":[1,65535]}";
    String sets =
        IntStream.range(0, 30_000)
            .mapToObj(i -> String.valueOf(2 * i))
            .collect(Collectors.joining(","));
    String one =
        ",{\"rule\":{\"family\":\"inet\",\"table\":\"t\",\"chain\":\"c\",\"expr\":[{\"match\":{\"op\":\"==\","
            + "\"left\":{\"payload\":{\"protocol\":\"tcp\",\"field\":\"dport\"}},\"right\":\"@s\"}},{\"accept\":null}]}}";
    List<JsonNode> huge =
        List.of(
            TextNode.valueOf(
                FILTER.formatted("DROP", "-A INPUT -j nixos-fw" + accept.repeat(60_000))),
            TextNode.valueOf(
                FILTER.formatted("DROP", "-A INPUT -j nixos-fw" + accept.repeat(100_001))),
            TextNode.valueOf("*filter\n:INPUT DROP [0:0]\n" + chains + "-A INPUT -j c0\n" + jumps),
            TextNode.valueOf("*filter\n:INPUT DROP [0:0]\n-A INPUT -j INPUT\n"),
            TextNode.valueOf(" ".repeat(4_000_000)),
            TextNode.valueOf(
                FILTER.formatted(
                    "DROP", "-A INPUT -p tcp --dports " + "1,".repeat(1_000_000) + "2 -j ACCEPT")),
            json(
                "{\"nftables\":[{\"chain\":{\"family\":\"inet\",\"table\":\"t\",\"name\":\"c\",\"type\":\"filter\",\"hook\":\"input\",\"policy\":\"drop\"}},{\"set\":{\"family\":\"inet\",\"table\":\"t\",\"name\":\"s\",\"elem\":["
                    + sets
                    + range
                    + "]}}"
                    + one.repeat(5_000)
                    + "]}"));
    for (JsonNode rules : huge) {
      Assertions.assertTimeout(
          BUSY_MACHINE, () -> assertThat(Ruleset.read(rules, Family.IPV4)).isNotNull());
    }
    assertThat(Ruleset.read(huge.get(1), Family.IPV4).doubts()).hasSize(Topic.values().length);
    assertThat(Ruleset.read(huge.get(3), Family.IPV4).doubt(Topic.FILTER)).contains("deep");
  }

  /** Pieces of the real thing, cut and put together at random. */
  @Property(tries = 500)
  void noTextEndsInAnException(@ForAll long seed, @ForAll String odd) {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder(random.nextBoolean() ? SAVED : SAVED6);
    for (int i = 0; i < 20; i++) {
      int at = random.nextInt(text.length());
      switch (random.nextInt(4)) {
        case 0 -> text.delete(at, Math.min(text.length() - 1, at + random.nextInt(30)));
        case 1 -> text.insert(at, odd);
        case 2 -> text.insert(at, text.substring(at, Math.min(text.length(), at + 40)));
        default -> text.setCharAt(at, " \n-!\",:*".charAt(random.nextInt(8)));
      }
    }
    assertThat(Ruleset.read(TextNode.valueOf(text.toString()), Family.IPV4)).isNotNull();
  }

  @Property(tries = 500)
  void noJsonEndsInAnException(@ForAll long seed) {
    Random random = new Random(seed);
    String[] words = NFT.split("(?<=[\\[\\]{},:])|(?=[\\[\\]{},:])", -1);
    for (int i = 0; i < 10; i++) {
      String one = words[random.nextInt(words.length)];
      int at = random.nextInt(words.length);
      if (one.matches(" ?(\"[^\"]*\"|\\d+)") && words[at].matches(" ?(\"[^\"]*\"|\\d+)")) {
        boolean name = at + 1 < words.length && words[at + 1].equals(":");
        words[at] = name ? "\"x" + random.nextInt() + "\"" : random.nextInt(3) == 0 ? "null" : one;
      }
    }
    JsonNode mutated = json(String.join("", words));
    for (Family family : Family.values()) {
      assertThat(Ruleset.read(mutated, family)).isNotNull();
    }
  }

  private static List<String> words(Inbound inbound, String proto) {
    return inbound.openings(proto).stream().map(Opening::words).toList();
  }

  private static List<String> of(Inbound inbound, Opening.Kind kind) {
    return inbound.openings().stream().filter(o -> o.kind() == kind).map(Opening::words).toList();
  }
}
