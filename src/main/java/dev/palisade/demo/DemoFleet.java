package dev.palisade.demo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.palisade.account.ActingAs;
import dev.palisade.account.Actor;
import dev.palisade.account.Role;
import dev.palisade.account.application.ManageUsers;
import dev.palisade.assignment.WaiverCheck.Asked;
import dev.palisade.assignment.application.AskForWaiver;
import dev.palisade.assignment.application.AssignProfiles;
import dev.palisade.assignment.application.DecideWaiver;
import dev.palisade.assignment.application.ReadWaivers;
import dev.palisade.audit.application.ReceiveReport;
import dev.palisade.core.PortalClock;
import dev.palisade.fleet.Selector;
import dev.palisade.fleet.application.ManageGroups;
import dev.palisade.fleet.application.RegisterHost;
import dev.palisade.profile.ParametersCheck;
import dev.palisade.profile.ProfileSetting;
import dev.palisade.profile.SettingsCheck.Entry;
import dev.palisade.profile.application.CreateProfile;
import dev.palisade.profile.application.DecideVersion;
import dev.palisade.profile.application.DraftVersion;
import dev.palisade.profile.application.ReadProfiles;
import dev.palisade.profile.application.ShippedProfiles;
import dev.palisade.release.Release;
import dev.palisade.release.application.DeliverRelease;
import dev.palisade.release.application.DeliverRelease.Purpose;
import dev.palisade.release.application.ReadReleases;
import dev.palisade.rollout.application.PlanRollout;
import dev.palisade.rollout.application.StartRollout;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Tells the story of a small fleet, each act in the name of whoever would have done it. */
@ApplicationScoped
class DemoFleet {

  static final String PASSWORD = "palisade-demo";

  private static final String PROFILE = "homelab-lan";
  private static final String APPLIANCE = "lan-appliance";
  private static final String EXPOSED = "wan-exposed";
  private static final String EDGE = "edge-01";
  private static final Set<String> APPLIANCES = Set.of("nas-02", "dns-01", "dns-02");
  private static final String KERNEL = "6.12.58";
  private static final String TCP_PORTS = "networking.firewall.allowedTCPPorts";
  private static final String CONTAINERS = "docker-01";
  private static final String FORWARDING = "net.ipv4.conf.all.forwarding";
  private static final int SSH = 22;

  private static final ParametersCheck.Entry MANAGEMENT =
      new ParametersCheck.Entry(
          "mgmt",
          "interface",
          null,
          null,
          null,
          null,
          TextNode.valueOf("eth0"),
          "The interface by which SSH is reached. A wrong name locks people out.");

  private static final Map<String, Map<String, String>> HOSTS =
      Map.ofEntries(
          Map.entry("atlas", Map.of("env", "home", "role", "server")),
          Map.entry("nas-01", Map.of("env", "home", "role", "storage")),
          Map.entry("nas-02", Map.of("env", "home", "role", "archive")),
          Map.entry("dns-01", Map.of("env", "home", "role", "dns")),
          Map.entry("dns-02", Map.of("env", "home", "role", "dns")),
          Map.entry("media", Map.of("env", "home", "role", "media")),
          Map.entry(CONTAINERS, Map.of("env", "home", "role", "containers")),
          Map.entry("backup-01", Map.of("env", "home", "role", "backup")),
          Map.entry("cam-01", Map.of("env", "home", "role", "camera")),
          Map.entry("print-01", Map.of("env", "home", "role", "printer")),
          Map.entry("edge-01", Map.of("env", "wan", "role", "proxy")),
          Map.entry("lab-01", Map.of("env", "lab")),
          Map.entry("lab-02", Map.of("env", "lab")));

  @Inject private ActingAs actingAs;
  @Inject private ManageUsers users;
  @Inject private ReadProfiles readProfiles;
  @Inject private CreateProfile createProfile;
  @Inject private DraftVersion draft;
  @Inject private DecideVersion decide;
  @Inject private RegisterHost register;
  @Inject private ManageGroups groups;
  @Inject private AssignProfiles assign;
  @Inject private PlanRollout plan;
  @Inject private StartRollout start;
  @Inject private ReadReleases releases;
  @Inject private DeliverRelease deliver;
  @Inject private ReceiveReport receive;
  @Inject private ShippedProfiles shippedProfiles;
  @Inject private AskForWaiver askForWaiver;
  @Inject private DecideWaiver decideWaiver;
  @Inject private ReadWaivers waivers;
  @Inject private Clock clock;

  /** The profiles that come with the portal, on the day that it was set up. */
  void ship() {
    PortalClock.ago(
        Duration.ofDays(23), () -> actingAs.run(Actor.PORTAL, shippedProfiles::install));
  }

  /** Three weeks of a fleet's life. */
  void fill() {
    at(Duration.ofDays(22), "admin", Role.ADMINISTRATOR, this::people);
    at(Duration.ofDays(21), "author", Role.AUTHOR, this::writeAppliance);
    at(Duration.ofDays(21), "approver", Role.APPROVER, this::approveFirst);
    at(Duration.ofDays(20), "operator", Role.OPERATOR, this::hosts);
    evidence("lab-01", Duration.ofDays(19), DemoEvidence.untouched().json("before", KERNEL));
    at(Duration.ofDays(18), "operator", Role.OPERATOR, this::rollOutHome);
    at(Duration.ofDays(10), "operator", Role.OPERATOR, this::askForForwarding);
    at(Duration.ofDays(9), "approver", Role.APPROVER, this::letForward);
    reports();
    at(Duration.ofHours(5), "author", Role.AUTHOR, this::draftSecond);
    at(Duration.ofHours(3), "operator", Role.OPERATOR, this::askForPing);
    at(Duration.ofHours(2), "operator", Role.OPERATOR, () -> rollOut("Lab", "env = lab", PROFILE));
  }

  private void at(Duration ago, String username, Role role, Runnable work) {
    Actor actor = Actor.person(username, username, Set.of(role));
    PortalClock.ago(ago, () -> actingAs.run(actor, work));
  }

  private void people() {
    users.create("author", "Author", null, Set.of(Role.AUTHOR), PASSWORD);
    users.create("approver", "Approver", null, Set.of(Role.APPROVER), PASSWORD);
    users.create("operator", "Operator", null, Set.of(Role.OPERATOR), PASSWORD);
  }

  /** Sysctls only, so that a dump of the kernel's values is all the proof it needs. */
  private void writeAppliance() {
    createProfile.create(
        APPLIANCE,
        "LAN appliance",
        "The network stack of machines that do one thing on the LAN; the router is their firewall.",
        null,
        null);
    draft.start(APPLIANCE);
    List<Entry> entries = new ArrayList<>();
    for (ProfileSetting s : readProfiles.version(PROFILE, 1).content().settings()) {
      if (s.key().startsWith("net.ipv4.icmp_") || s.key().startsWith("net.core.rmem")) {
        entries.add(new Entry(s.key(), s.value().toJson(), s.reason()));
      }
    }
    draft.edit(APPLIANCE, 1, entries, null);
    draft.submit(APPLIANCE, 1);
  }

  private void approveFirst() {
    approve(PROFILE, "Read against the page it comes from. Start with the LAN.");
    approve(APPLIANCE, "A part of homelab-lan, value by value.");
    approve(EXPOSED, "SSH only where the operator says: check the interface before a rollout.");
  }

  private void askForForwarding() {
    accept(
        CONTAINERS, FORWARDING, "Docker forwards for its containers, which only the LAN reaches.");
  }

  private void letForward() {
    waivers
        .of(CONTAINERS)
        .forEach(asked -> decideWaiver.approve(asked.waiver().getId(), "For this host alone."));
  }

  private void askForPing() {
    accept("media", "net.ipv4.icmp_echo_ignore_all", "The television looks for it by ping.");
  }

  private void accept(String host, String key, String reason) {
    Instant until = clock.instant().plus(Duration.ofDays(90));
    askForWaiver.ask(host, null, new Asked(key, "accept", null, reason, until));
  }

  private void approve(String slug, String comment) {
    decide.approve(slug, 1, readProfiles.version(slug, 1).getDigest(), comment, false);
  }

  private void hosts() {
    HOSTS.forEach((name, labels) -> register.register(name, labels, Map.of()));
    HOSTS
        .keySet()
        .forEach(
            host -> assign.assign(host, List.of(APPLIANCES.contains(host) ? APPLIANCE : PROFILE)));
    assign.assign(EDGE, List.of(EXPOSED));
    groups.create("wan", "Answer from the Internet", "env = wan", Map.of("mgmt", "wg0"));
    register.supply(EDGE, Map.of("lan", "br0"));
    groups.create("home", "At home", "env = home", Map.of("mgmt", "eth0"));
    register.supply("nas-01", Map.of("mgmt", "wg0"));
  }

  private void rollOutHome() {
    rollOut("Appliances", "role in (dns, archive)", APPLIANCE);
    rollOut("Homelab", "env = home and not role in (dns, archive)", PROFILE);
    rollOut("Edge", "env = wan", EXPOSED);
  }

  private void rollOut(String name, String selector, String slug) {
    start.start(plan.plan(name, Selector.parse(selector), Map.of(slug, 1), null).getId());
  }

  private void reports() {
    APPLIANCES.forEach(host -> evidence(host, Duration.ofMinutes(7), appliedOn(host)));
    evidence(
        "atlas",
        Duration.ofMinutes(2),
        served()
            .with("net.ipv4.conf.eth0.rp_filter", "2")
            .listening("AdGuardHome", "tcp", 53)
            .listening("AdGuardHome", "udp", 53)
            .listening("nginx", "tcp", 443));
    evidence(
        "nas-01",
        Duration.ofMinutes(9),
        served()
            .opening(TCP_PORTS, 445)
            .with("net.ipv4.tcp_timestamps", "1")
            .listening("smbd", "tcp", 445));
    evidence(
        "media",
        Duration.ofMinutes(6),
        served()
            .opening(TCP_PORTS, 8096)
            .because(TCP_PORTS, "The television in the living room plays from here.")
            .with("net.core.default_qdisc", "fq_codel")
            .listening("jellyfin", "tcp", 8096));
    evidence(
        CONTAINERS,
        Duration.ofMinutes(3),
        served()
            .configured(FORWARDING, IntNode.valueOf(1))
            .with(FORWARDING, "1")
            .with("net.ipv4.conf.eth0.forwarding", "1")
            .with("net.ipv4.conf.eth0.send_redirects", "1")
            .interfaces("1", "docker0", "veth3f21a0c", "veth9b4e77d")
            .listening("nginx", "tcp", 443));
    evidence(
        EDGE,
        Duration.ofMinutes(4),
        appliedOn(EDGE)
            .interfaces("0", "br0", "wg0")
            .listening("sshd", "tcp", SSH)
            .listening("caddy", "tcp", 443));
    evidence("backup-01", Duration.ofDays(3), applied());
    evidence("cam-01", Duration.ofDays(9), applied().without("net.core.xfrm_larval_drop"));
    byte[] asNobody =
        applied().without("net.core.bpf_jit_harden").without("net.core.bpf_jit_kallsyms").dump();
    evidence("print-01", Duration.ofMinutes(41), asNobody);
  }

  /** A host at home that people sign in to. */
  private DemoEvidence served() {
    return applied().listening("sshd", "tcp", SSH);
  }

  private DemoEvidence applied() {
    return appliedOn("atlas");
  }

  private DemoEvidence appliedOn(String host) {
    List<Release> offered = new ArrayList<>();
    actingAs.run(
        Actor.person("operator", "Operator", Set.of(Role.OPERATOR)),
        () -> offered.add(releases.offeredTo(host).getRelease()));
    Release release = offered.get(0);
    return DemoEvidence.applied(release.content(), release.getDigest().hex());
  }

  private void evidence(String host, Duration ago, DemoEvidence evidence) {
    PortalClock.ago(
        ago.plusMinutes(10),
        () -> actingAs.run(Actor.host(host), () -> deliver.latest(host, Purpose.TAKE)));
    evidence(host, ago, evidence.json("boot-1", KERNEL));
  }

  private void evidence(String host, Duration ago, byte[] body) {
    boolean json = body.length > 0 && body[0] == '{';
    Runnable send = () -> send(json, body);
    PortalClock.ago(ago, () -> actingAs.run(Actor.host(host), send));
  }

  private void send(boolean json, byte[] body) {
    if (json) {
      receive.json(body, null);
    } else {
      receive.sysctlDump(body, null);
    }
  }

  private static ArrayNode ports(int... ports) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    IntStream.of(ports).forEach(list::add);
    return list;
  }

  private void draftSecond() {
    int number = draft.startFrom(PROFILE, PROFILE, 1).getNumber();
    List<Entry> entries = new ArrayList<>();
    for (ProfileSetting s : readProfiles.version(PROFILE, 1).content().settings()) {
      if (!s.key().equals("net.ipv4.tcp_fack") && !s.key().equals(TCP_PORTS)) {
        entries.add(new Entry(s.key(), s.value().toJson(), s.reason()));
      }
    }
    entries.add(
        new Entry(
            TCP_PORTS,
            ports(80, 443),
            "DNS over TCP moves to the hosts that serve it themselves."));
    entries.add(
        new Entry(
            "services.openssh.openFirewall",
            BooleanNode.FALSE,
            "SSH is reached by the management interface alone."));
    entries.add(
        new Entry("networking.firewall.interfaces.${mgmt}.allowedTCPPorts", ports(SSH), null));
    entries.add(
        new Entry(
            "net.ipv4.conf.*.rp_filter",
            IntNode.valueOf(1),
            "Replaces the 2 that systemd writes to every interface, which otherwise wins."));
    draft.parameters(PROFILE, number, List.of(MANAGEMENT), null);
    draft.edit(PROFILE, number, entries, null);
    draft.submit(PROFILE, number);
  }
}
