package dev.palisade.profile;

import dev.palisade.core.DomainException;
import dev.palisade.profile.SettingsImport.Format;
import java.util.regex.Pattern;

/** Recognises in which form a text is, and names what no import reads. */
final class TextForm {

  private static final Pattern JSON =
      Pattern.compile(
          "\\s*(\\{\\s*(\"(?:[^\"\\\\]|\\\\.){0,200}\"\\s*:|\\}\\s*$)|\\[\\s*[\\[{\"\\]0-9]).*",
          Pattern.DOTALL);
  private static final Pattern SYSCTL_LINE =
      Pattern.compile("-?\\s*[A-Za-z0-9_]+[./][A-Za-z0-9_./*@:-]+\\s*(=.*[^;{\\[(]|=)?");
  private static final Pattern NFT =
      Pattern.compile("(flush ruleset|table (inet|ip|ip6|arp|bridge|netdev) .*\\{)");
  private static final int LINES = 400;

  private TextForm() {}

  /**
   * The form of a text.
   *
   * @throws DomainException for a firewall's ruleset, which is evidence and no configuration
   */
  static Format of(String text) {
    if (JSON.matcher(text.length() > 2_000 ? text.substring(0, 2_000) : text).matches()) {
      return Format.JSON;
    }
    int sysctl = 0;
    int other = 0;
    int seen = 0;
    for (String raw : (Iterable<String>) text.lines().limit(LINES)::iterator) {
      String line = raw.strip();
      if (line.isEmpty() || line.startsWith("#") || line.startsWith(";")) {
        continue;
      }
      if (seen++ == 0) {
        refuseRuleset(line);
      }
      if (SYSCTL_LINE.matcher(line.length() > 300 ? line.substring(0, 300) : line).matches()) {
        sysctl++;
      } else {
        other++;
      }
    }
    return sysctl > other ? Format.SYSCTL : Format.NIX;
  }

  /** Refuses a text whose first line that says something begins a firewall's ruleset. */
  static void refuseRuleset(String line) {
    if (NFT.matcher(line).matches()) {
      throw DomainException.notValid(
          "/text",
          "This is a ruleset as “nft list ruleset” prints it, not a configuration of NixOS. Send"
              + " the output of “nft -j list ruleset” as evidence of a host instead.");
    }
    if (line.matches("(sudo )?sysctl -w .{0,500}")) {
      throw DomainException.notValid(
          "/text",
          "These are commands. Give what follows “sysctl -w” as lines “key = value” of a"
              + " sysctl.conf.");
    }
    if (line.equals("*filter")
        || line.equals("*nat")
        || line.equals("*mangle")
        || line.equals("*raw")) {
      throw DomainException.notValid(
          "/text",
          "This is a ruleset as “iptables-save” prints it, not a configuration of NixOS. Send it as"
              + " evidence of a host instead.");
    }
  }
}
