package dev.palisade.audit.foretell;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Knows the ends of tunnels by which people reach a host. WireGuard listens in the kernel, so no
 * program is named beside its port: a UDP port without one, on a host with such an interface, is
 * taken for it where other ports have a program. Tailscale is not among them: it calls out, and
 * goes over a relay where its port is closed.
 */
final class Tunnel {

  private static final String WIREGUARD = "WireGuard";
  private static final Pattern INTERFACE = Pattern.compile("(?i)(wg.*|.*wireguard.*)");

  /** By a part of the program's name, which NixOS may have wrapped: {@code .openvpn-wrapped}. */
  private static final Map<String, String> PROGRAMS =
      Map.of(
          "openvpn", "OpenVPN",
          "wireguard", WIREGUARD,
          "boringtun", WIREGUARD,
          "charon", "IPsec",
          "pluto", "IPsec",
          "nebula", "Nebula",
          "zerotier", "ZeroTier",
          "tincd", "tinc");

  /** By their usual UDP port, where no program is named. */
  private static final Map<Integer, String> PORTS =
      Map.of(51820, WIREGUARD, 1194, "OpenVPN", 500, "IPsec", 4500, "IPsec");

  /** VXLAN, Geneve and NFS listen in the kernel too. */
  private static final Set<Integer> OTHERS = Set.of(2049, 4789, 6081, 8472);

  private Tunnel() {}

  /** Whose end it is, for a sentence. */
  static Optional<String> of(Listening one, Prospect prospect) {
    String process = one.process();
    if (process != null) {
      return PROGRAMS.entrySet().stream()
          .filter(program -> process.contains(program.getKey()))
          .map(Map.Entry::getValue)
          .findFirst();
    }
    if (!"udp".equals(one.proto())) {
      return Optional.empty();
    }
    boolean inKernel =
        prospect.namesPrograms()
            && !OTHERS.contains(one.port())
            && prospect.interfaces().stream().anyMatch(name -> INTERFACE.matcher(name).matches());
    return Optional.ofNullable(PORTS.get(one.port()))
        .or(() -> inKernel ? Optional.of(WIREGUARD) : Optional.empty());
  }
}
