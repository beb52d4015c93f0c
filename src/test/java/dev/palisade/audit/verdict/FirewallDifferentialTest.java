package dev.palisade.audit.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palisade.audit.firewall.Opening;
import dev.palisade.audit.firewall.Topic;
import dev.palisade.differential.FirewallGrammar;
import dev.palisade.differential.Generated;
import dev.palisade.differential.Generated.Feature;
import dev.palisade.differential.KernelWorld;
import dev.palisade.differential.KernelWorld.Target;
import dev.palisade.differential.Loaded;
import dev.palisade.testing.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random rules are loaded into the kernel, real connections are tried, and the portal reads what
 * the agent would send of the rules. A connection that succeeds is proof; one that does not proves
 * nothing, so that a slow machine can hide a fault and never makes one up.
 *
 * <p>{@code -Dpalisade.differential=N} tries N rulesets, and {@code -Dpalisade.differential.seed=S}
 * begins with the seed S.
 */
@Tag("kernel")
class FirewallDifferentialTest {

  private static final int COUNT = Integer.getInteger("palisade.differential", 200);
  private static final long FIRST = Long.getLong("palisade.differential.seed", 1L);
  private static final int SERVERS = 6;

  /** How long to wait for answers, in milliseconds. */
  private static final int WITHIN = 150;

  /** Rules without these are never unknown: nft prints ingress chains without their interfaces. */
  private static final Set<Feature> DOUBTED = Set.of(Feature.INGRESS);

  private final List<String> faults = new ArrayList<>();
  private final Map<String, Integer> counts = new TreeMap<>();

  @TempDir Path directory;

  @BeforeAll
  static void tools() {
    Tools.require(
        Files.isExecutable(Path.of("/usr/sbin/nft"))
            && Files.isExecutable(Path.of("/usr/sbin/iptables-save"))
            && Tools.run(Map.of(), "", "unshare", "-rn", "true").exit() == 0,
        "nft, iptables or network namespaces are not there");
  }

  @Test
  void noPortAnswersThatThePortalCallsClosed() throws IOException {
    List<Target> targets = new ArrayList<>();
    for (int port : FirewallGrammar.ports()) {
      for (int server = 1; server <= SERVERS; server++) {
        targets.add(new Target(server, "tcp", false, "eth0", port));
        targets.add(new Target(server, "tcp", true, "eth0", port));
        targets.add(new Target(server, "tcp", port % 2 == 0, "wg0", port));
        targets.add(new Target(server, "udp", port % 2 == 0, "eth0", port));
      }
    }
    try (KernelWorld world = new KernelWorld(directory, SERVERS, FirewallGrammar.LISTENING)) {
      for (long seed = FIRST; seed < FIRST + COUNT; seed += SERVERS) {
        List<Generated> rulesets = new ArrayList<>();
        for (long one = seed; one < Math.min(seed + SERVERS, FIRST + COUNT); one++) {
          rulesets.add(FirewallGrammar.of(one));
        }
        List<Loaded> loaded = world.load(rulesets);
        Set<Target> answering =
            world.answering(
                targets.stream().filter(t -> t.server() <= rulesets.size()).toList(), WITHIN);
        for (int k = 0; k < rulesets.size(); k++) {
          int server = k + 1;
          check(
              rulesets.get(k),
              loaded.get(k),
              answering.stream().filter(t -> t.server() == server).collect(Collectors.toSet()));
        }
      }
    }
    int answers = count("answers");
    int unknown = count("unknown");
    System.out.printf(
        "%d rulesets, %d of them loaded; %d answers, %.1f %% unknown; %s%n",
        COUNT, count("loaded"), answers, 100.0 * unknown / Math.max(1, answers), counts);
    assertThat(faults).isEmpty();
    assertThat(count("loaded")).isGreaterThan(COUNT * 8 / 10);
    assertThat(count("connections")).isGreaterThan(COUNT);
    assertThat(count("compliant")).isGreaterThan(COUNT / 20);
    assertThat(unknown * 10).as("unknown answers of " + answers).isLessThanOrEqualTo(answers);
  }

  private int count(String what) {
    return counts.getOrDefault(what, 0);
  }

  private void add(String what) {
    counts.merge(what, 1, Integer::sum);
  }

  private void check(Generated rules, Loaded loaded, Set<Target> answering) throws IOException {
    if (!loaded.failure().isEmpty()) {
      if (Boolean.getBoolean("palisade.differential.verbose")) {
        System.out.println("not loaded " + rules.seed() + " " + loaded.failure());
      }
      return;
    }
    add("loaded");
    counts.merge("connections", answering.size(), Integer::sum);
    answering.stream().filter(Target::ipv6).forEach(t -> add("connections by IPv6"));
    answering.stream().filter(t -> t.on().equals("wg0")).forEach(t -> add("connections by wg0"));
    answering.stream()
        .filter(t -> !FirewallGrammar.LISTENING.contains(t.port()))
        .forEach(t -> add("connections by translation"));
    SentRules sent = SentRules.of(loaded);
    FirewallState state = sent.state();
    for (Target target : answering) {
      var inbound = target.ipv6() ? state.ipv6() : state.ipv4();
      if (inbound != null
          && inbound.doubtAbout(target.proto()) == null
          && inbound.openings(target.proto()).stream().noneMatch(o -> reaches(o, target))
          && inbound.doubt(Topic.INTERFACES) == null) {
        fault(rules, target + " answers, and is called closed");
      }
    }
    for (String proto : List.of("tcp", "udp")) {
      Set<Integer> answered = new TreeSet<>();
      answering.stream().filter(t -> t.proto().equals(proto)).forEach(t -> answered.add(t.port()));
      row(rules, sent.judge(proto, sent.everywhere(proto)), proto, answered, true);
      Random random = new Random(rules.seed());
      Set<Integer> some =
          FirewallGrammar.ports().stream()
              .filter(port -> random.nextInt(3) == 0)
              .collect(Collectors.toCollection(TreeSet::new));
      row(rules, sent.judge(proto, some), proto, answered, false);
    }
  }

  /** Compares a row with what answers: by any of the ways on which it was asked. */
  private void row(
      Generated rules, SentRules.Row row, String proto, Set<Integer> answered, boolean counted) {
    Judgement judged = row.judgement();
    if (counted) {
      add("answers");
      if (judged.verdict() == Verdict.UNKNOWN) {
        add("unknown");
        String why = String.valueOf(judged.why());
        if (Boolean.getBoolean("palisade.differential.verbose")) {
          System.out.println("unknown " + rules.seed() + " " + rules.features() + " " + why);
        }
        if (rules.features().stream().noneMatch(DOUBTED::contains)) {
          fault(rules, proto + " is unknown: " + why);
        }
      }
    }
    Set<Integer> others = new TreeSet<>(answered);
    others.removeAll(row.approved());
    if (judged.verdict() == Verdict.COMPLIANT) {
      add("compliant");
      if (!others.isEmpty()) {
        fault(
            rules,
            proto + " ports " + others + " answer, beside approved ones that are said to be all");
      }
    }
    for (int port : row.closed()) {
      if (answered.contains(port)) {
        fault(rules, proto + " port " + port + " answers, and the row says: " + judged.why());
      }
    }
  }

  private static boolean reaches(Opening opening, Target target) {
    return opening.ports().from() <= target.port()
        && target.port() <= opening.ports().to()
        && opening.covers(target.on())
        && !opening.only().contains("not on " + target.on());
  }

  private void fault(Generated rules, String what) {
    String text = what + "\n" + rules.words();
    faults.add(text);
    if (faults.size() < 6) {
      System.out.println(text);
    }
    assertThat(faults).as("faults").hasSizeLessThan(20);
  }
}
