package dev.palisade.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palisade.audit.verdict.SysctlDump;
import dev.palisade.catalog.SettingKind;
import dev.palisade.release.ReleaseRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Evidence derived from a real {@code sysctl -a}, with the differences that make a host's story.
 */
final class DemoEvidence {

  private static final String DUMP = "/dev/palisade/demo/sysctl-a-linux-6.18.txt";
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final Map<String, String> REAL = real();

  private static final String GLOB = ".*.";

  private final Map<String, String> sysctl = new TreeMap<>(REAL);
  private final ArrayNode listeners = MAPPER.createArrayNode();
  private final ObjectNode firewall = MAPPER.createObjectNode();

  private static Map<String, String> real() {
    try (InputStream in = DemoEvidence.class.getResourceAsStream(DUMP)) {
      return SysctlDump.read(in.readAllBytes()).evidence().sysctl();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As it came, with nothing applied. */
  static DemoEvidence untouched() {
    return new DemoEvidence();
  }

  /** As after a rebuild with the release, and with interfaces that obey it. */
  static DemoEvidence applied(ReleaseRecord release) {
    DemoEvidence evidence = new DemoEvidence();
    release.settings().stream()
        .map(ReleaseRecord.ResolvedSetting::setting)
        .filter(s -> s.kind() == SettingKind.SYSCTL)
        .forEach(s -> evidence.sysctl.put(s.key(), s.value().display()));
    for (String nic : new String[] {"eth0", "ifb0", "ifb1"}) {
      for (String name : new String[] {"accept_redirects", "send_redirects", "rp_filter"}) {
        evidence.with("net.ipv4.conf." + nic + "." + name, "0");
      }
    }
    release.settings().stream()
        .filter(s -> s.key().contains(GLOB))
        .forEach(s -> evidence.onEveryInterface(s.key(), s.value().display()));
    return evidence;
  }

  /** As systemd-sysctl writes a glob key. */
  private void onEveryInterface(String glob, String value) {
    int star = glob.indexOf(GLOB);
    String start = glob.substring(0, star + 1);
    String end = glob.substring(star + GLOB.length() - 1);
    sysctl.remove(glob);
    sysctl.replaceAll((key, old) -> key.startsWith(start) && key.endsWith(end) ? value : old);
  }

  DemoEvidence with(String key, String value) {
    sysctl.put(key, value);
    return this;
  }

  DemoEvidence without(String key) {
    sysctl.remove(key);
    return this;
  }

  /** With further interfaces, each up and forwarding or not. */
  DemoEvidence interfaces(String forwarding, String... names) {
    for (String name : names) {
      with("net.ipv4.conf." + name + ".forwarding", forwarding);
    }
    return this;
  }

  /** With a program that waits for others on every address, by IPv4 and by IPv6. */
  DemoEvidence listening(String process, String proto, int port) {
    for (String address : new String[] {"0.0.0.0", "::"}) {
      listeners
          .addObject()
          .put("proto", proto)
          .put("address", address)
          .put("port", port)
          .put("process", process);
    }
    return this;
  }

  /** With a firewall that lets these ports in on every interface. */
  DemoEvidence open(List<Integer> tcp, List<Integer> udp) {
    firewall.put("backend", "iptables");
    tcp.forEach(firewall.putArray("openTcp")::add);
    udp.forEach(firewall.putArray("openUdp")::add);
    return this;
  }

  /** As {@code sysctl -a} prints it. */
  byte[] dump() {
    StringBuilder text = new StringBuilder();
    sysctl.forEach((key, value) -> text.append(key).append(" = ").append(value).append('\n'));
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** As an agent sends it. */
  byte[] json(String id, String kernel) {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("schema", "palisade.evidence/1").put("id", id);
    root.put("kernel", kernel).put("nixos", "25.11");
    ObjectNode values = root.putObject("sysctl");
    sysctl.forEach(values::put);
    if (!listeners.isEmpty()) {
      root.set("listeners", listeners);
      root.set("firewall", firewall);
    }
    try {
      return MAPPER.writeValueAsBytes(root);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
