package dev.palisade.audit.firewall;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ports that are translated before the filter sees them, limits in sets, and ingress hooks. */
class TranslationTest {

  /** A filter that lets in port 22 alone; first comes the table nat, then rules of FORWARD. */
  private static final String SAVED =
      """
      *nat
      :PREROUTING ACCEPT [0:0]
      :DOCKER - [0:0]
      :KUBE-SERVICES - [0:0]
      :KUBE-NODEPORTS - [0:0]
      :KUBE-SVC-A - [0:0]
      :KUBE-SEP-A - [0:0]
      :KUBE-SEP-B - [0:0]
      %s
      COMMIT
      *filter
      :INPUT DROP [0:0]
      :FORWARD %s
      :DOCKER-USER - [0:0]
      -A INPUT -p tcp -m tcp --dport 22 -j ACCEPT
      %s
      COMMIT
      """;

  private static String words(Inbound inbound) {
    return inbound.openings("tcp").stream()
        .map(
            opening ->
                opening.words()
                    + (opening.kind() == Opening.Kind.TRANSLATED ? " by " + opening.by() : ""))
        .collect(Collectors.joining("; "));
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text.replace('\'', '"'));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest(name = "{0} / {1} leaves open {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        // Docker, with and without what its FORWARD chain asks for
        "-A PREROUTING -m addrtype --dst-type LOCAL -j DOCKER;-A DOCKER ! -i docker0 -p tcp -m tcp"
            + " --dport 5432 -j DNAT --to-destination 172.17.0.2:5432 | ACCEPT [0:0] | 22; 5432 not"
            + " on docker0 by DNAT in nat/DOCKER",
        "-A PREROUTING -p tcp -m tcp --dport 5432 -j DNAT --to-destination 172.17.0.2:5432 | DROP"
            + " [0:0];-A FORWARD -j DOCKER-USER;-A DOCKER-USER -j RETURN;-A FORWARD -d"
            + " 172.17.0.2/32 ! -i docker0 -o docker0 -p tcp -m tcp --dport 5432 -j ACCEPT | 22;"
            + " 5432 not on docker0 by DNAT in nat/PREROUTING",
        "-A PREROUTING -p tcp -m tcp --dport 5432 -j DNAT --to-destination 172.17.0.2:5432 | DROP"
            + " [0:0] | 22",
        "-A PREROUTING -p tcp -m tcp --dport 5432 -j DNAT --to-destination 172.17.0.2:80 | DROP"
            + " [0:0];-A FORWARD -p tcp -m tcp --dport 80 -j ACCEPT | 22; 5432 by DNAT in"
            + " nat/PREROUTING",
        // A packet that is sent to a port of this host meets INPUT with the new port
        "-A PREROUTING -p tcp -m tcp --dport 80 -j REDIRECT --to-ports 22 | ACCEPT [0:0] | 22; 80"
            + " by REDIRECT in nat/PREROUTING",
        "-A PREROUTING -p tcp -m tcp --dport 80 -j REDIRECT --to-ports 8080 | ACCEPT [0:0] | 22",
        "-A PREROUTING -p tcp -m tcp --dport 22 -j REDIRECT --to-ports 8080 | ACCEPT [0:0] | ''",
        "-A PREROUTING -p tcp -m tcp --dport 80 -j REDIRECT --to-ports 90 | ACCEPT [0:0];-A INPUT !"
            + " -i wg0 -p tcp --dport 90 -j ACCEPT;-A INPUT -s 10.0.0.0/8 -p tcp --dport 90 -j"
            + " ACCEPT | 22; 90 not on wg0; 90 from 10.0.0.0/8; 80 not on wg0 by REDIRECT in"
            + " nat/PREROUTING; 80 from 10.0.0.0/8 by REDIRECT in nat/PREROUTING",
        "-A PREROUTING -p tcp -m tcp --dport 9 -j DNAT --to-destination 10.0.0.1:22 | DROP [0:0] |"
            + " 22; 9 by DNAT in nat/PREROUTING",
        // The forwarded ports of NixOS
        "-A PREROUTING -i eth0 -p tcp -m tcp --dport 8000:8010 -j DNAT --to-destination"
            + " 10.0.0.5:80-90 | ACCEPT [0:0] | 22; 8000-8010 on eth0 by DNAT in nat/PREROUTING",
        "-A PREROUTING -d 203.0.113.5/32 -p tcp -m tcp --dport 443 -j DNAT --to-destination"
            + " 10.0.0.5:443 | ACCEPT [0:0] | 22; 443 to 203.0.113.5/32 by DNAT in nat/PREROUTING",
        // What the chain accepts or lets go before is not translated
        "-A PREROUTING -p tcp -m tcp --dport 80 -j ACCEPT;-A PREROUTING -p tcp -m tcp --dport 80:81"
            + " -j DNAT --to-destination 10.0.0.5 | ACCEPT [0:0] | 22; 81 by DNAT in"
            + " nat/PREROUTING",
        "-A PREROUTING -p tcp -j DOCKER;-A DOCKER -p tcp -m tcp --dport 80 -j RETURN;-A DOCKER -p"
            + " tcp -m tcp --dport 80 -j DNAT --to-destination 10.0.0.5 | ACCEPT [0:0] | 22",
        // The node ports of Kubernetes
        "-A PREROUTING -j KUBE-SERVICES;-A KUBE-SERVICES -m addrtype --dst-type LOCAL -j"
            + " KUBE-NODEPORTS;-A KUBE-NODEPORTS -p tcp -m tcp --dport 30080 -j KUBE-SVC-A;-A"
            + " KUBE-SVC-A -m statistic --mode random --probability 0.5 -j KUBE-SEP-A;-A KUBE-SVC-A"
            + " -j KUBE-SEP-B;-A KUBE-SEP-A -p tcp -j DNAT --to-destination 10.244.0.5:8080;-A"
            + " KUBE-SEP-B -p tcp -j DNAT --to-destination 10.244.0.6:8080 | ACCEPT [0:0] | 22;"
            + " 30080 by DNAT in nat/KUBE-SEP-B",
      })
  void savedTranslations(String nat, String forward, String open) {
    String[] policy = forward.split(";", 2);
    String text =
        SAVED.formatted(
            nat.replace(";", "\n"),
            policy[0],
            policy.length > 1 ? policy[1].replace(";", "\n") : "");
    Inbound inbound = Ruleset.read(TextNode.valueOf(text), Family.IPV4);
    assertThat(inbound.doubts()).isEmpty();
    assertThat(words(inbound)).isEqualTo(open);
  }

  @ParameterizedTest
  @CsvSource({"-d 172.17.0.2/32 ! -i docker0, false", "! -i docker0, true"})
  void refusalForOnePlaceLeavesNoInterfaceOpen(String condition, boolean doubt) {
    String rules =
        "*raw\n:PREROUTING ACCEPT [0:0]\n-A PREROUTING " + condition + " -j DROP\nCOMMIT\n";
    Inbound inbound =
        Ruleset.read(TextNode.valueOf(rules + SAVED.formatted("", "DROP [0:0]", "")), Family.IPV4);
    assertThat(inbound.doubts().containsKey(Topic.INTERFACES)).isEqualTo(doubt);
  }

  @Test
  void aTranslationThatIsNotUnderstoodIsADoubt() {
    String rule = "-A PREROUTING -m magic --spell x -j DNAT --to-destination 10.0.0.5";
    Inbound inbound =
        Ruleset.read(TextNode.valueOf(SAVED.formatted(rule, "ACCEPT [0:0]", "")), Family.IPV4);
    assertThat(inbound.doubtAbout("tcp")).contains("DNAT in nat/PREROUTING");
  }

  /** A filter of nft beside rules of iptables, of which nft tells the names of modules alone. */
  @ParameterizedTest(name = "chains {0} leave open {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        ":PREROUTING ACCEPT [0:0];:INPUT ACCEPT [0:0] | 22; 80-81 by DNAT in ip nat/PREROUTING",
        // Rules of the older iptables run beside a table of nft with the same name
        ":PREROUTING ACCEPT [0:0];:DOCKER - [0:0] | 22; 80-81 by DNAT in iptables nat/PREROUTING",
      })
  void savedRulesCompleteThoseOfNft(String chains, String open) {
    String rules =
        "{'nftables':[{'chain':{'family':'inet','table':'t','name':'c','type':'filter','hook':'input','prio':0,'policy':'drop'}},"
            + "{'rule':{'family':'inet','table':'t','chain':'c','expr':[{'match':{'op':'==','left':{'payload':{'protocol':'tcp','field':'dport'}},'right':22}},{'accept':null}]}},"
            + "{'chain':{'family':'ip','table':'nat','name':'PREROUTING','type':'nat','hook':'prerouting','prio':-100,'policy':'accept'}}%s]}";
    String unnamed =
        ",{'rule':{'family':'ip','table':'nat','chain':'PREROUTING','expr':[{'xt':{'type':'match','name':'multiport'}},{'xt':{'type':'target','name':'DNAT'}}]}}";
    String saved =
        "*nat\n"
            + chains.replace(";", "\n")
            + "\n-A PREROUTING -p tcp -m multiport --dports 80,81 -j DNAT --to-destination 10.0.0.2\nCOMMIT\n";
    String nft = rules.formatted(chains.contains("DOCKER") ? "" : unnamed);
    Inbound inbound = Ruleset.read(json(nft), TextNode.valueOf(saved), Family.IPV4);
    assertThat(inbound.doubts()).isEmpty();
    assertThat(words(inbound)).isEqualTo(open);
    if (nft.contains("xt")) {
      assertThat(Ruleset.read(json(nft), Family.IPV4).doubtAbout("tcp")).isNotNull();
    }
  }

  @Test
  void ingressWithoutDevicesIsADoubt() {
    String rules =
        "{'nftables':[{'chain':{'family':'netdev','table':'n','name':'i','type':'filter','hook':'ingress','prio':0,'policy':'accept'}},"
            + "{'chain':{'family':'ip','table':'t','name':'c','type':'filter','hook':'input','prio':0,'policy':'drop'}},"
            + "{'rule':{'family':'netdev','table':'n','chain':'i','expr':[{'drop':null}]}}]}";
    assertThat(Ruleset.read(json(rules), Family.IPV4).doubtAbout("tcp")).contains("ingress");
  }

  @ParameterizedTest(name = "{0} leaves open {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "nat | {PORT:80},{'dnat':{'family':'ip','addr':'10.0.0.2','port':81}} | 22; 80 by DNAT in"
            + " t/nat",
        "nat | {PORT:80},{'redirect':{'port':22}} | 22; 80 by redirect in t/nat",
        "nat | {PORT:80},{'redirect':{'port':23}} | 22",
        "nat |"
            + " {'dnat':{'family':'ip','addr':{'map':{'key':{'concat':[{'meta':{'key':'l4proto'}},{'payload':{'protocol':'th','field':'dport'}}]},'data':{'set':[[{'concat':['tcp',80]},{'concat':['10.0.0.2',81]}],[{'concat':['tcp',{'range':[90,95]}]},{'concat':['10.0.0.2',{'range':[90,95]}]}]]}}}}}"
            + " | 22; 80 by DNAT in t/nat; 90-95 by DNAT in t/nat",
        "nat |"
            + " {'redirect':{'port':{'map':{'key':{'payload':{'protocol':'tcp','field':'dport'}},'data':{'set':[[80,22],[81,23]]}}}}}"
            + " | 22; 80 by redirect in t/nat",
        "nat |"
            + " {PORT:80},{'dnat':{'addr':{'map':{'key':{'numgen':{'mode':'random','mod':2,'offset':0}},'data':{'set':[[0,'10.0.0.1'],[1,'10.0.0.2']]}}},'port':8080}}"
            + " | 22; 80 by numgen by DNAT in t/nat",
        "nat |"
            + " {'vmap':{'key':{'payload':{'protocol':'tcp','field':'dport'}},'data':{'set':[[30080,{'goto':{'target':'svc'}}]]}}}"
            + " | 22; 30080 by DNAT in t/svc",
        // A limit that belongs to a set's elements, or to the set
        "first |"
            + " {PORT:22},{'set':{'op':'update','elem':{'payload':{'protocol':'ip','field':'saddr'}},'set':'@m','stmt':[{'limit':{'rate':5,'burst':5,'per':'minute','inv':true}}]}},{'drop':null}"
            + " | 22",
        "first |"
            + " {PORT:22},{'set':{'op':'add','elem':{'payload':{'protocol':'ip','field':'saddr'}},'set':'@m','stmt':[{'ct"
            + " count':{'val':3,'inv':true}}]}},{'drop':null} | 22",
        "first |"
            + " {PORT:22},{'meter':{'key':{'payload':{'protocol':'ip','field':'saddr'}},'stmt':{'limit':{'rate':5,'per':'second','inv':true}},'name':'x'}},{'drop':null}"
            + " | 22",
        "first |"
            + " {PORT:22},{'set':{'op':'add','elem':{'payload':{'protocol':'ip','field':'saddr'}},'set':'@limited'}},{'drop':null}"
            + " | 22",
        "first |"
            + " {PORT:22},{'set':{'op':'add','elem':{'payload':{'protocol':'ip','field':'saddr'}},'set':'@m'}},{'drop':null}"
            + " | ''",
        "first |"
            + " {PORT:23},{'set':{'op':'update','elem':{'payload':{'protocol':'ip','field':'saddr'}},'set':'@m','stmt':[{'limit':{'rate':5,'per':'minute'}}]}},{'accept':null}"
            + " | 23 up to a rate; 22",
        "first |"
            + " {PORT:23},{'meter':{'key':{'payload':{'protocol':'ip','field':'saddr'}},'stmt':{'limit':{'rate':5,'per':'second'}},'name':'x'}},{'accept':null}"
            + " | 23 up to a rate; 22",
        // A key that a packet of the other family lacks, and a value that is set for some only
        "first |"
            + " {PORT:22},{'set':{'op':'add','elem':{'payload':{'protocol':'ip6','field':'saddr'}},'set':'@m'}},{'drop':null}"
            + " | 22",
        "first |"
            + " {'mangle':{'key':{'meta':{'key':'mark'}},'value':{'map':{'key':{'payload':{'protocol':'tcp','field':'dport'}},'data':{'set':[[80,1]]}}}}},{'drop':null}"
            + " | 22",
        "nat | {PORT:22},{'dnat':{'family':'ip6','addr':'fd00::2','port':23}} | 22",
        // Conditions that say nothing about ports
        "first |"
            + " {'match':{'op':'!=','left':{'meta':{'key':'l4proto'}},'right':'icmp'}},{PORT:23},{'accept':null}"
            + " | 23; 22",
        "first |"
            + " {'match':{'op':'!=','left':{'meta':{'key':'l4proto'}},'right':'tcp'}},{'drop':null}"
            + " | 22",
        "first |"
            + " {'match':{'op':'==','left':{'&':[{'meta':{'key':'mark'}},1]},'right':1}},{PORT:23},{'accept':null}"
            + " | 23 by meta mark; 22",
        "first |"
            + " {'match':{'op':'==','left':{'meta':{'key':'cpu'}},'right':{'range':[0,3]}}},{PORT:23},{'accept':null}"
            + " | 23 by meta cpu; 22",
        // The hook of a single interface
        "ingress | {PORT:22},{'drop':null} | 22 not on eth0",
        "ingress | {'drop':null} | 22 not on eth0",
        "ingress | {PORT:80},{'drop':null} | 22",
      })
  void nftTranslations(String chain, String statements, String open) {
    String port =
        "{'match':{'op':'==','left':{'payload':{'protocol':'tcp','field':'dport'}},'right':$1}}";
    String rule = "{'rule':{'family':'inet','table':'t','chain':'%s','expr':[%s]}}";
    String base =
        "{'chain':{'family':'inet','table':'t','name':'%s','type':'%s','hook':'%s','prio':%s,'policy':'%s'}},";
    String rules =
        "{'nftables':["
            + base.formatted("nat", "nat", "prerouting", "-100", "accept")
            + base.formatted("input", "filter", "input", "0", "drop")
            + base.formatted("ingress", "filter", "ingress", "0,'dev':'eth0'", "accept")
            + "{'chain':{'family':'inet','table':'t','name':'svc'}},"
            + "{'set':{'family':'inet','table':'t','name':'m','type':'ipv4_addr'}},"
            + "{'set':{'family':'inet','table':'t','name':'limited','type':'ipv4_addr','stmt':[{'limit':{'rate':5,'per':'minute','inv':true}}]}},"
            + rule.formatted(chain.equals("first") ? "input" : chain, statements)
            + ","
            + rule.formatted("svc", "{'dnat':{'addr':'10.0.0.9','port':80}}")
            + ","
            + rule.formatted("input", "{PORT:22},{'accept':null}")
            + "]}";
    JsonNode read = json(rules.replaceAll("\\{PORT:([0-9]+)}", port));
    Inbound inbound = Ruleset.read(read, Family.IPV4);
    assertThat(inbound.doubts()).isEmpty();
    assertThat(words(inbound)).isEqualTo(open);
  }
}
