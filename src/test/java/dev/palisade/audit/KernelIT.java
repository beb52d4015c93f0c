package dev.palisade.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palisade.account.Role;
import dev.palisade.catalog.Catalog;
import dev.palisade.catalog.CatalogFiles;
import dev.palisade.catalog.Setting;
import dev.palisade.testing.EvaluatedModule;
import dev.palisade.testing.Portal;
import dev.palisade.testing.Portal.RegisteredHost;
import dev.palisade.testing.Tools;
import dev.palisade.testing.Tools.Output;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What was approved, written by systemd-sysctl to a real kernel and read back: in a network
 * namespace of its own, so that nothing outside it changes.
 */
@Tag("kernel")
class KernelIT {

  private static final Path WRITER = Path.of("/lib/systemd/systemd-sysctl");
  private static final String CONF = "net.ipv4.conf.";

  /** Takes the parent's namespace and three files of settings, which it writes in turn. */
  private static final String SCRIPT =
      """
      PATH=/usr/sbin:/sbin:$PATH
      [ "$(readlink /proc/self/ns/net)" != "$1" ] || { echo "not a private namespace" >&2; exit 3; }
      shift
      ! grep -hv '^net\\.' "$@" >&2 || exit 4
      ip link add dummy0 type dummy 2>/dev/null || ip link add dummy0 type bridge || exit 5
      for file in "$@"; do %s "$file"; done
      sysctl -a 2>/dev/null
      true
      """
          .formatted(WRITER);

  /** Settings that no kernel acts on. */
  private static final Set<String> WITHOUT_EFFECT =
      Set.of(
          "net.ipv4.tcp_fack",
          "net.ipv4.conf.all.bootp_relay",
          "net.ipv4.conf.default.bootp_relay",
          "net.ipv4.conf.all.mc_forwarding",
          "net.ipv4.conf.default.mc_forwarding");

  private static Portal portal;
  private static String unshare;
  private static RegisteredHost host;
  private static Map<String, String> approved;
  private static Set<String> firewall;

  @TempDir private Path files;

  /** What {@code sysctl -a} printed. */
  record Dump(String text) {

    Map<String, String> values() {
      return text.lines()
          .map(line -> line.split(" = ?", 2))
          .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1], (first, more) -> first));
    }
  }

  @BeforeAll
  static void offerHomelabLan() {
    Tools.requireNix();
    Tools.require(Files.isExecutable(WRITER), "systemd-sysctl is not installed (systemd)");
    unshare =
        Stream.of("-n", "-rn").filter(KernelIT::givesAWritableNamespace).findFirst().orElse("");
    Tools.require(
        !unshare.isEmpty(), "Neither unshare -n nor -rn gives a network namespace to write in");
    portal = Portal.running();
    String profile = portal.approvedHomelabLan("kernel");
    host = portal.host("kernel");
    portal.rollOut(host, profile);
    portal.fetch(host);
    JsonNode module =
        EvaluatedModule.of(
            portal
                .as(Role.VIEWER)
                .get("/api/v1/hosts/" + host.name() + "/module.nix")
                .expect(200)
                .text());
    approved = new TreeMap<>();
    firewall = new TreeSet<>();
    module
        .at("/profile/declared")
        .properties()
        .forEach(
            e -> {
              if (e.getKey().startsWith("networking.firewall.")) {
                firewall.add(e.getKey());
              } else {
                approved.put(
                    e.getKey(), module.at("/config/boot/kernel/sysctl").get(e.getKey()).asText());
              }
            });
  }

  private static boolean givesAWritableNamespace(String flags) {
    String key = "/proc/sys/net/ipv4/tcp_syncookies";
    return Tools.run(Map.of(), "", "unshare", flags, "test", "-w", key).exit() == 0;
  }

  @Test
  void everyVerdictIsWhatTheKernelDoes() throws IOException {
    Dump dump = applied(Map.of(), Map.of());
    assertThat(dump.values()).containsAllEntriesOf(writable());
    assertThat(report(dump)).isEqualTo(derived(dump.values()));
  }

  @Test
  void aChangedKeyChangesItsOwnVerdictOnly() throws IOException {
    Map<String, String> before = report(applied(Map.of(), Map.of()));
    Dump dump =
        applied(Map.of(), Map.of(CONF + "dummy0.rp_filter", "2", "net.ipv4.tcp_syncookies", "0"));
    Map<String, String> after = report(dump);
    assertThat(after).isEqualTo(derived(dump.values()));
    assertThat(changes(before, after))
        .isEqualTo(
            Map.of(
                CONF + "all.rp_filter",
                "compliant, now shadowed",
                "net.ipv4.tcp_syncookies",
                "compliant, now drifted"));
  }

  @Test
  void redirectsComeBackWhenForwardingEnds() throws IOException {
    Map<String, String> before = report(applied(Map.of(), Map.of()));
    Dump dump = applied(Map.of(CONF + "all.forwarding", "1"), Map.of());
    Map<String, String> after = report(dump);
    assertThat(after).isEqualTo(derived(dump.values()));
    assertThat(changes(before, after))
        .isEqualTo(Map.of(CONF + "all.accept_redirects", "compliant, now drifted"));
  }

  /** The approved settings that a network namespace has for itself and that load no module. */
  private static Map<String, String> writable() throws IOException {
    Catalog catalog = CatalogFiles.shipped();
    String algorithms =
        Files.readString(Path.of("/proc/sys/net/ipv4/tcp_available_congestion_control"));
    Map<String, String> writable = new TreeMap<>();
    approved.forEach(
        (key, value) -> {
          boolean own = catalog.find(key).map(Setting::perNamespace).orElse(false);
          boolean loads = key.endsWith("congestion_control") && !algorithms.contains(value);
          boolean there = unshare.equals("-n") || !key.startsWith("net.core.xfrm");
          if (own && !loads && there && key.startsWith("net.")) {
            writable.put(key, value);
          }
        });
    assertThat(writable).hasSizeGreaterThan(30);
    return writable;
  }

  /** What a new namespace runs once settings were written to it, in name order as NixOS does. */
  private Dump applied(Map<String, String> before, Map<String, String> after) throws IOException {
    Map<String, String> outside = outside();
    String parent = Files.readSymbolicLink(Path.of("/proc/self/ns/net")).toString();
    Output output =
        Tools.run(
            Map.of(),
            "",
            "unshare",
            unshare,
            "sh",
            "-c",
            SCRIPT,
            "sh",
            parent,
            file("before", before),
            file("approved", writable()),
            file("after", after));
    assertThat(output.exit()).as(output.err()).isZero();
    assertThat(output.err()).isEmpty();
    assertThat(outside()).isEqualTo(outside);
    return new Dump(output.out());
  }

  private String file(String name, Map<String, String> settings) throws IOException {
    List<String> lines =
        new TreeMap<>(settings)
            .entrySet().stream().map(e -> e.getKey() + " = " + e.getValue()).toList();
    return Files.write(files.resolve(name), lines).toString();
  }

  /** The approved settings as they run outside the namespace. */
  private static Map<String, String> outside() throws IOException {
    Map<String, String> values = new TreeMap<>();
    for (String key : approved.keySet()) {
      Path file = Path.of("/proc/sys", key.split("\\."));
      if (Files.isReadable(file)) {
        values.put(key, Files.readString(file));
      }
    }
    return values;
  }

  /** Sends a dump as the host, and gives the verdict on every key. */
  private static Map<String, String> report(Dump dump) {
    JsonNode counts =
        portal
            .as(host)
            .post("/agent/v1/reports", "text/plain", dump.text().getBytes(StandardCharsets.UTF_8))
            .expect(202)
            .json()
            .get("verdicts");
    JsonNode page =
        portal
            .as(Role.VIEWER)
            .get("/api/v1/findings?host=" + host.name() + "&limit=1000")
            .expect(200)
            .json();
    Map<String, String> verdicts = new TreeMap<>();
    page.get("items")
        .forEach(f -> verdicts.put(f.get("key").textValue(), f.get("verdict").textValue()));
    assertThat(verdicts).hasSize(page.get("total").intValue());
    verdicts.values().stream()
        .collect(Collectors.groupingBy(v -> v, Collectors.counting()))
        .forEach((v, n) -> assertThat(counts.get(v).longValue()).as(v).isEqualTo(n));
    return verdicts;
  }

  private static Map<String, String> changes(
      Map<String, String> before, Map<String, String> after) {
    Map<String, String> changes = new TreeMap<>();
    after.forEach(
        (key, verdict) -> {
          if (!verdict.equals(before.get(key))) {
            changes.put(key, before.get(key) + ", now " + verdict);
          }
        });
    return changes;
  }

  /** The verdicts by hand, from what runs and what the kernel's documentation says. */
  private static Map<String, String> derived(Map<String, String> running) {
    Map<String, String> verdicts = new TreeMap<>();
    firewall.forEach(option -> verdicts.put(option, "unknown"));
    approved.forEach((key, value) -> verdicts.put(key, verdict(key, value, running)));
    return verdicts;
  }

  private static String verdict(String key, String asked, Map<String, String> running) {
    boolean hardened = !running.getOrDefault("net.core.bpf_jit_harden", "0").equals("0");
    if (WITHOUT_EFFECT.contains(key) || (hardened && key.equals("net.core.bpf_jit_kallsyms"))) {
      return "no-effect";
    }
    String found = running.get(key);
    if (found == null) {
      // A network namespace does not show every key, and the verdict says so.
      return "unknown";
    }
    if (!found.equals(asked)) {
      return "drifted";
    }
    return key.startsWith(CONF + "all.") && !holdsOnEveryInterface(key, asked, running)
        ? "shadowed"
        : "compliant";
  }

  private static boolean holdsOnEveryInterface(
      String key, String asked, Map<String, String> running) {
    String name = key.substring((CONF + "all.").length());
    long all = Long.parseLong(running.get(key));
    return running.keySet().stream()
        .filter(k -> k.startsWith(CONF) && k.endsWith("." + name))
        .map(k -> k.substring(CONF.length(), k.length() - name.length() - 1))
        .filter(nic -> !Set.of("all", "default", "lo").contains(nic))
        .allMatch(nic -> Objects.equals(asked, effective(nic, name, all, running)));
  }

  private static String effective(String nic, String name, long all, Map<String, String> running) {
    long own = Long.parseLong(running.get(CONF + nic + "." + name));
    boolean forwards = running.get(CONF + nic + ".forwarding").equals("1");
    long value =
        switch (name) {
          case "rp_filter" -> Math.max(all, own);
          case "log_martians", "proxy_arp", "send_redirects" -> all | own;
          case "accept_source_route" -> all & own;
          case "accept_redirects" -> forwards ? all & own : all | own;
          case "forwarding" -> own;
          default -> throw new AssertionError("Nobody said how " + name + " combines");
        };
    return String.valueOf(value);
  }
}
