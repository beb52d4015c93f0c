package dev.palisade.audit.verdict;

import dev.palisade.audit.verdict.InterfaceValues.Interfaces;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Whether a host speaks IPv6, by its command line and its {@code disable_ipv6} values. */
final class Ipv6State {

  private static final String IPV4 = "net.ipv4.conf.";
  private static final String IPV6 = "net.ipv6.conf.";
  private static final String DISABLED = ".disable_ipv6";
  private static final String PARAMETER = "ipv6.disable";

  private Ipv6State() {}

  /**
   * The word by which the kernel was started without IPv6; null where it was not, or where the
   * evidence does not say. Source: {@code disable_ipv6_mod} in net/ipv6/af_inet6.c.
   */
  static @Nullable String switchedOffBy(Surroundings around) {
    CommandLine line = around.commandLine();
    CommandLine.Word last = line == null ? null : line.last(PARAMETER);
    return last != null && last.value() != null && last.value().matches("[+-]?(0[xX])?0*[1-9a-f].*")
        ? last.text()
        : null;
  }

  /** Judges {@code networking.enableIPv6} by what runs. */
  static Judgement judge(Expected expected, Evidence evidence, Interfaces interfaces) {
    String word = switchedOffBy(evidence.around());
    if (word != null) {
      Judgement off = OptionValue.ranked(expected, "false", "The running kernel");
      return off.as(off.verdict(), off.why() + " IPv6 is switched off by " + word + ".");
    }
    TreeSet<String> names = new TreeSet<>(interfaces.of(IPV6));
    names.addAll(interfaces.of(IPV4));
    List<String> on = new ArrayList<>();
    List<String> notShown = new ArrayList<>();
    for (String name : names) {
      OptionalLong value = value(evidence, name);
      if (value.isEmpty()) {
        notShown.add(name);
      } else if (value.getAsLong() == 0) {
        on.add(name);
      }
    }
    OptionalLong all = value(evidence, "all");
    OptionalLong standard = value(evidence, "default");
    if (!on.isEmpty()) {
      Judgement judged = OptionValue.ranked(expected, "true", "The running kernel");
      return judged.as(
          judged.verdict(), judged.why() + " IPv6 is on at " + String.join(", ", on) + ".");
    }
    if (all.equals(OptionalLong.of(0)) && names.isEmpty()) {
      return OptionValue.ranked(expected, "true", "The running kernel");
    }
    boolean off = all.isPresent() && all.getAsLong() != 0 && notShown.isEmpty();
    if (!off || standard.isEmpty()) {
      return OptionValue.unknown(
          expected,
          "The evidence does not have disable_ipv6 of all, default and every interface, which"
              + " would show it.");
    }
    if (standard.getAsLong() == 0) {
      return OptionValue.ranked(expected, "in part", "The running kernel");
    }
    Judgement judged = OptionValue.ranked(expected, "false", "The running kernel");
    return judged.as(judged.verdict(), judged.why() + " disable_ipv6 is set everywhere.");
  }

  private static OptionalLong value(Evidence evidence, String name) {
    return RunningValue.number(evidence.sysctl().getOrDefault(IPV6 + name + DISABLED, ""));
  }
}
