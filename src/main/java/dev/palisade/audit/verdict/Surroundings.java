package dev.palisade.audit.verdict;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a host says besides its running values. Each part is null where the evidence does not speak
 * of it, which is not the same as empty.
 *
 * @param sshd what the ssh daemon is set to, by lower-case name, as {@code sshd -T} prints it
 * @param modules names of the loaded kernel modules, with underscores
 * @param cmdline what the running kernel was started with
 * @param kernel what the running kernel says of itself outside of its sysctls
 * @param systemCurrent the system that was switched to last
 * @param systemBooted the system that was started; another one means that a reboot is due
 * @param profile what the rendered module left behind
 * @param notRead why a part could not be read, by the name that the collector gives it
 */
public record Surroundings(
    @Nullable List<Listener> listeners,
    @Nullable FirewallState firewall,
    @Nullable Map<String, String> sshd,
    @Nullable Set<String> modules,
    @Nullable String cmdline,
    KernelState kernel,
    @Nullable String systemCurrent,
    @Nullable String systemBooted,
    @Nullable HostProfile profile,
    Map<String, String> notRead) {

  /** Of evidence that speaks of running values only. */
  public static final Surroundings NONE =
      new Surroundings(null, null, null, null, null, KernelState.NONE, null, null, null, Map.of());

  public Surroundings {
    listeners = listeners == null ? null : List.copyOf(listeners);
    sshd = sshd == null ? null : Map.copyOf(sshd);
    modules = modules == null ? null : Set.copyOf(modules);
    notRead = Map.copyOf(notRead);
  }

  /** Whether the host was switched to another system than the one it was started with. */
  public boolean isRebootDue() {
    return systemCurrent != null && systemBooted != null && !systemCurrent.equals(systemBooted);
  }

  /** The kernel's command line in words; null where the evidence does not have it. */
  public @Nullable CommandLine commandLine() {
    return cmdline == null ? null : CommandLine.parse(cmdline);
  }

  /** What the host's configuration has for a key; null where nothing is said of it. */
  @Nullable JsonNode effective(String key) {
    return profile == null ? null : profile.effective(key);
  }

  /** Lines that change exactly when what verdicts rest on does; empty where nothing is said. */
  String fingerprint() {
    StringBuilder lines = new StringBuilder();
    if (firewall != null) {
      lines.append("\nfirewall ").append(firewall.fingerprint());
    }
    if (listeners != null) {
      lines
          .append("\nlisteners ")
          .append(
              listeners.stream()
                  .map(l -> l.proto() + " " + l.place() + " " + l.process())
                  .distinct()
                  .sorted()
                  .collect(Collectors.joining(", ")));
    }
    if (sshd != null) {
      lines.append("\nsshd ").append(new TreeMap<>(sshd));
    }
    if (modules != null) {
      lines.append("\nmodules ").append(new TreeSet<>(modules));
    }
    if (cmdline != null) {
      lines.append("\ncmdline ").append(cmdline);
    }
    lines.append(kernel.fingerprint());
    if (profile != null) {
      lines.append("\nprofile ").append(profile.fingerprint());
    }
    if (systemCurrent != null) {
      lines.append("\nsystem ").append(systemCurrent);
    }
    if (systemBooted != null) {
      lines.append("\nbooted ").append(systemBooted);
    }
    if (!notRead.isEmpty()) {
      lines.append("\nnot read ").append(new TreeMap<>(notRead));
    }
    return lines.toString();
  }
}
