package dev.palisade.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.Locale;
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
  private static final String SSHD = "services.openssh.settings.";
  private static final int SSH = 22;

  private final Map<String, String> sysctl = new TreeMap<>(REAL);
  private final ArrayNode listeners = MAPPER.createArrayNode();
  private final Map<String, JsonNode> configuration = new TreeMap<>();
  private final Map<String, String> exceptions = new TreeMap<>();
  private final Map<String, String> sshd = new TreeMap<>();
  private String release;

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
  static DemoEvidence applied(ReleaseRecord release, String digest) {
    DemoEvidence evidence = new DemoEvidence();
    evidence.release = digest;
    release.settings().forEach(s -> evidence.declared(s.key(), s.value().toJson()));
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

  /** With something else in the host's own configuration. */
  DemoEvidence configured(String key, JsonNode value) {
    configuration.put(key, value);
    return this;
  }

  /** With further ports that the host's own configuration opens. */
  DemoEvidence opening(String key, Integer... ports) {
    ArrayNode all = MAPPER.createArrayNode();
    configuration.getOrDefault(key, all).forEach(all::add);
    List.of(ports).forEach(all::add);
    return configured(key, all);
  }

  /** With the host's own reason for it. */
  DemoEvidence because(String key, String reason) {
    exceptions.put(key, reason);
    return this;
  }

  private void declared(String key, JsonNode value) {
    configuration.put(key, value);
    if (key.startsWith(SSHD)) {
      String word = value.isBoolean() ? (value.booleanValue() ? "yes" : "no") : value.asText();
      sshd.put(key.substring(SSHD.length()).toLowerCase(Locale.ROOT), word);
    }
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
      ObjectNode told = root.putObject("sshd").put("port", String.valueOf(SSH));
      told.put("authorizedkeysfile", "/etc/ssh/authorized_keys.d/%u");
      sshd.forEach(told::put);
    }
    if (release != null) {
      tell(root);
    }
    try {
      return MAPPER.writeValueAsBytes(root);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What the module left behind, and the rules that come of it. */
  private void tell(ObjectNode root) {
    int ssh = listeners.isEmpty() ? 0 : SSH;
    root.putObject("firewall")
        .put("backend", "iptables")
        .put("ruleset", DemoFirewall.rules(configuration, ssh, false))
        .put("ruleset6", DemoFirewall.rules(configuration, ssh, true));
    ArrayNode modules = root.putArray("modules").add("ext4").add("nf_tables");
    configuration.getOrDefault("boot.kernelModules", modules.arrayNode()).forEach(modules::add);
    root.put("cmdline", "init=/nix/store/system/init root=fstab loglevel=4");
    root.put("lockdown", "[none] integrity confidentiality");
    root.put("sigEnforce", "N").put("architecture", "x86_64");
    root.set("effective", MAPPER.valueToTree(configuration));
    ObjectNode profile = root.putObject("profile");
    profile.put("release", release).put("enabled", true);
    ObjectNode reasons = profile.putObject("exceptions");
    exceptions.forEach((key, reason) -> reasons.putObject(key).put("reason", reason));
  }
}
