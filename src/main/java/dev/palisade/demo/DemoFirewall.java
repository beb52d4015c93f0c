package dev.palisade.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The rules that NixOS writes for some options, as {@code iptables-save} prints them. */
final class DemoFirewall {

  private static final String FW = "networking.firewall.";
  private static final Pattern LIST =
      Pattern.compile("(?:interfaces\\.\"?(.+?)\"?\\.)?allowed(TCP|UDP)Port(?:s|Ranges)");
  private static final String ACCEPT = " -j nixos-fw-accept";

  private final Map<String, JsonNode> options = new TreeMap<>();
  private final List<String> lines = new ArrayList<>();

  private DemoFirewall(Map<String, JsonNode> configuration) {
    configuration.forEach(
        (key, value) -> {
          if (key.startsWith(FW)) {
            options.put(key.substring(FW.length()), value);
          }
        });
  }

  /** The rules for IPv4 or IPv6 of a host with this configuration. */
  static String rules(Map<String, JsonNode> configuration, int sshPort, boolean ipv6) {
    return new DemoFirewall(configuration).text(opened(configuration, sshPort), ipv6);
  }

  private static int opened(Map<String, JsonNode> configuration, int sshPort) {
    JsonNode opens = configuration.get("services.openssh.openFirewall");
    return opens == null || opens.booleanValue() ? sshPort : 0;
  }

  private boolean on(String option, boolean byDefault) {
    JsonNode value = options.get(option);
    return value == null ? byDefault : value.asBoolean();
  }

  private String text(int sshPort, boolean ipv6) {
    if (on("checkReversePath", true)) {
      lines.add("*mangle\n:PREROUTING ACCEPT [0:0]\n:nixos-fw-rpfilter - [0:0]");
      lines.add("-A PREROUTING -j nixos-fw-rpfilter");
      lines.add("-A nixos-fw-rpfilter -m rpfilter --validmark -j RETURN");
      lines.add("-A nixos-fw-rpfilter -j DROP\nCOMMIT");
    }
    lines.add("*filter\n:INPUT ACCEPT [0:0]");
    for (String chain : new String[] {"", "-accept", "-log-refuse", "-refuse"}) {
      lines.add(":nixos-fw" + chain + " - [0:0]");
    }
    lines.add("-A INPUT -j nixos-fw\n-A nixos-fw -i lo" + ACCEPT);
    lines.add("-A nixos-fw -m conntrack --ctstate RELATED,ESTABLISHED" + ACCEPT);
    if (sshPort > 0) {
      open("", "tcp", String.valueOf(sshPort));
    }
    options.forEach(this::ports);
    if (ipv6) {
      lines.add("-A nixos-fw -p ipv6-icmp" + ACCEPT);
    } else if (on("allowPing", true)) {
      lines.add("-A nixos-fw -p icmp -m icmp --icmp-type 8" + ACCEPT);
    }
    lines.add("-A nixos-fw -j nixos-fw-log-refuse\n-A nixos-fw-accept -j ACCEPT");
    if (on("logRefusedConnections", true)) {
      lines.add(
          "-A nixos-fw-log-refuse -p tcp -m tcp --tcp-flags FIN,SYN,RST,ACK SYN"
              + " -j LOG --log-prefix \"refused connection: \" --log-level 6");
    }
    lines.add("-A nixos-fw-log-refuse -j nixos-fw-refuse\n-A nixos-fw-refuse -j DROP\nCOMMIT\n");
    return String.join("\n", lines);
  }

  private void ports(String option, JsonNode value) {
    Matcher list = LIST.matcher(option);
    if (list.matches()) {
      String on = list.group(1) == null ? "" : "-i " + list.group(1) + " ";
      for (JsonNode item : value) {
        open(
            on,
            list.group(2).equals("UDP") ? "udp" : "tcp",
            item.isIntegralNumber() ? item.asText() : item.path("from") + ":" + item.path("to"));
      }
    }
  }

  private void open(String on, String proto, String ports) {
    lines.add("-A nixos-fw %s-p %s -m %s --dport %s".formatted(on, proto, proto, ports) + ACCEPT);
  }
}
