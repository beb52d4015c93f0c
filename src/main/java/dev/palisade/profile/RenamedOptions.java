package dev.palisade.profile;

import java.util.Map;
import java.util.Optional;

/**
 * Options that NixOS has renamed and still accepts under their former name, as its modules declare
 * them; only those of which the catalog has today's name.
 */
final class RenamedOptions {

  private static final String SSHD = "services.openssh.";
  private static final String SETTINGS = "services.openssh.settings.";

  private static final Map<String, String> TODAY =
      Map.ofEntries(
          Map.entry("services.sshd.enable", SSHD + "enable"),
          Map.entry(
              SSHD + "challengeResponseAuthentication", SETTINGS + "KbdInteractiveAuthentication"),
          Map.entry(
              SSHD + "kbdInteractiveAuthentication", SETTINGS + "KbdInteractiveAuthentication"),
          Map.entry(SSHD + "passwordAuthentication", SETTINGS + "PasswordAuthentication"),
          Map.entry(SSHD + "useDns", SETTINGS + "UseDns"),
          Map.entry(SSHD + "permitRootLogin", SETTINGS + "PermitRootLogin"),
          Map.entry(SSHD + "logLevel", SETTINGS + "LogLevel"),
          Map.entry(SSHD + "macs", SETTINGS + "Macs"),
          Map.entry(SSHD + "ciphers", SETTINGS + "Ciphers"),
          Map.entry(SSHD + "kexAlgorithms", SETTINGS + "KexAlgorithms"),
          Map.entry(SSHD + "forwardX11", SETTINGS + "X11Forwarding"));

  private RenamedOptions() {}

  /** Today's name of an option; empty where it was not renamed. */
  static Optional<String> today(String option) {
    return Optional.ofNullable(TODAY.get(option));
  }
}
