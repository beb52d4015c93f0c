package dev.palisade.audit.foretell;

import dev.palisade.audit.verdict.Listener;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A port on which the host waits for others; IPv4 and IPv6 are one.
 *
 * @param places the sockets behind it; those that only the host itself reaches are left out
 */
record Listening(
    String proto, int port, boolean ssh, @Nullable String process, List<Listener> places) {

  private static final int SSH = 22;
  private static final Set<String> PROTOCOLS = Set.of("tcp", "udp");

  /**
   * The ports that others may reach. The ssh daemon is known by the name of its program, by what it
   * says of its own port, or, where no program is named, by port 22.
   */
  static List<Listening> of(List<Listener> listeners, @Nullable Map<String, String> sshd) {
    Map<String, List<Listener>> byPort = new LinkedHashMap<>();
    for (Listener one : listeners) {
      if (!one.isLocal() && PROTOCOLS.contains(one.proto())) {
        byPort.computeIfAbsent(one.proto() + "/" + one.port(), any -> new ArrayList<>()).add(one);
      }
    }
    List<String> own =
        sshd == null ? List.of() : List.of(sshd.getOrDefault("port", "").split("\\s+"));
    // What a session forwards to the host itself has the daemon's name as well.
    boolean named = byPort.values().stream().flatMap(List::stream).anyMatch(Listener::isSsh);
    List<Listening> all = new ArrayList<>();
    for (List<Listener> places : byPort.values()) {
      Listener first = places.get(0);
      boolean ssh =
          first.proto().equals("tcp")
              && (named
                  ? places.stream().anyMatch(Listener::isSsh)
                  : own.contains(String.valueOf(first.port()))
                      || (own.isEmpty() && first.port() == SSH));
      all.add(new Listening(first.proto(), first.port(), ssh, process(places), places));
    }
    return all;
  }

  private static @Nullable String process(Collection<Listener> places) {
    return places.stream().map(Listener::process).filter(Objects::nonNull).findFirst().orElse(null);
  }

  /** As people name it: {@code 53/udp}. */
  String name() {
    return port + "/" + proto;
  }

  /** What was seen, as a sentence. */
  String words() {
    String who = process == null ? "Something" : process;
    return who
        + " listens on "
        + String.join(" and ", places.stream().map(Listener::place).distinct().limit(3).toList())
        + ".";
  }
}
