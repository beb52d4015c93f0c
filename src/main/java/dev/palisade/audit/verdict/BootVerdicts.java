package dev.palisade.audit.verdict;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palisade.audit.verdict.RunningValue.Comparison;
import dev.palisade.catalog.Setting;
import dev.palisade.catalog.SettingValue;
import dev.palisade.catalog.SettingValue.Bool;
import dev.palisade.catalog.SettingValue.Items;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Judges what is settled at boot: the kernel's command line, its modules, and their locks. */
final class BootVerdicts {

  private static final String DUE =
      " It comes with the next boot: the host was started with an older system.";

  /** Options of NixOS that are a value of a sysctl where they are true. */
  private static final Map<String, Map.Entry<String, String>> SYSCTLS =
      Map.of(
          "security.lockKernelModules", Map.entry("kernel.modules_disabled", "1"),
          "security.protectKernelImage", Map.entry("kernel.kexec_load_disabled", "1"),
          "security.unprivilegedUsernsClone", Map.entry("kernel.unprivileged_userns_clone", "1"));

  /** Options of NixOS that put a word on the command line where they have this value. */
  private static final Map<String, Map.Entry<Boolean, String>> WORDS =
      Map.of(
          "security.protectKernelImage", Map.entry(true, "nohibernate"),
          "security.forcePageTableIsolation", Map.entry(true, "pti=on"),
          "security.allowSimultaneousMultithreading", Map.entry(false, "nosmt"));

  private final Evidence evidence;
  private final Surroundings around;
  private final boolean mayBePending;

  BootVerdicts(Evidence evidence, Deployment deployment) {
    this.evidence = evidence;
    this.around = evidence.around();
    this.mayBePending = deployment == Deployment.CURRENT && around.isRebootDue();
  }

  /** A parameter of the kernel. */
  Judgement parameter(Expected expected) {
    List<String> words = words();
    if (words == null) {
      return noWords(expected);
    }
    String found = null;
    for (String word : words) {
      int equals = word.indexOf('=');
      String name = equals < 0 ? word : word.substring(0, equals);
      if (isLike(name, expected.setting().key())) {
        found = equals < 0 ? "true" : word.substring(equals + 1);
      }
    }
    if (found == null) {
      return expected.value().equals(new Bool(false))
          ? Judgement.of(expected, Verdict.COMPLIANT, "not set", "not set", "It is not set.")
          : late(expected, "not set", "The running kernel was started without it.");
    }
    Comparison comparison = RunningValue.compare(expected.setting(), expected.value(), found);
    return comparison == Comparison.OTHER
        ? late(
            expected,
            found,
            "The running kernel was started with %s, not %s."
                .formatted(ValueWords.shown(found), expected.value().display()))
        : OptionValue.judged(expected, found, comparison, "The running kernel");
  }

  /** Not so now: pending where the next boot settles it. */
  private Judgement late(Expected expected, String found, String why) {
    return mayBePending && isDeclaredIfTold(expected)
        ? Judgement.of(expected, Verdict.PENDING_REBOOT, found, found, why + DUE)
        : Judgement.of(expected, Verdict.DRIFTED, found, found, why);
  }

  /** Whether the configuration has it; where it tells nothing, it is taken to have its release. */
  private boolean isDeclaredIfTold(Expected expected) {
    JsonNode declared = around.effective(expected.setting().key());
    HostProfile profile = around.profile();
    return declared == null
        ? profile == null || profile.enabled()
        : DeclaredValue.compare(expected, declared) != Comparison.OTHER;
  }

  private boolean isDeclared(Expected expected) {
    JsonNode declared = around.effective(expected.setting().key());
    return declared != null && DeclaredValue.compare(expected, declared) != Comparison.OTHER;
  }

  private @Nullable List<String> words() {
    return around.cmdline() == null ? null : split(around.cmdline());
  }

  /** Words apart by white space, save within double quotes. */
  private static List<String> split(String line) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean quoted = false;
    for (char c : (line + " ").toCharArray()) {
      if (c == '"') {
        quoted = !quoted;
      } else if (Character.isWhitespace(c) && !quoted) {
        if (!word.isEmpty()) {
          words.add(word.toString());
          word.setLength(0);
        }
      } else {
        word.append(c);
      }
    }
    if (!word.isEmpty()) {
      words.add(word.toString());
    }
    return words;
  }

  private static boolean isLike(String one, String other) {
    return one.replace('-', '_').equals(other.replace('-', '_'));
  }

  /** A module that is not to load: that it is loaded is certain, that it is not proves little. */
  Judgement blocked(Expected expected) {
    return blocked(expected, List.of(expected.setting().key()));
  }

  private Judgement blocked(Expected expected, List<String> names) {
    Set<String> loaded = around.modules();
    if (loaded == null) {
      return noModules(expected);
    }
    List<String> there =
        names.stream().filter(name -> loaded.contains(name.replace('-', '_'))).toList();
    if (!there.isEmpty()) {
      boolean late = mayBePending && isDeclared(expected);
      String why = "Loaded now: " + String.join(", ", there) + ".";
      return Judgement.of(
          expected,
          late ? Verdict.PENDING_REBOOT : Verdict.DRIFTED,
          "loaded",
          "loaded",
          late ? why + DUE : why);
    }
    return isDeclared(expected)
        ? Judgement.of(
            expected,
            Verdict.COMPLIANT,
            "not loaded",
            "not loaded",
            "Not loaded, and the host’s own configuration blocks it.")
        : Judgement.of(
            expected,
            Verdict.UNKNOWN,
            "not loaded",
            null,
            "Not loaded now, which does not prove that it is blocked.");
  }

  private Judgement noWords(Expected expected) {
    return OptionValue.unknown(
        expected, Ways.unread(around, "The evidence has no command line", "cmdline"));
  }

  private Judgement noModules(Expected expected) {
    return OptionValue.unknown(
        expected, Ways.unread(around, "The evidence has no list of loaded modules", "modules"));
  }

  /** An option of NixOS about the kernel; what runs does not show the others. */
  Judgement option(Expected expected) {
    String key = expected.setting().key();
    if (expected.value() instanceof Items list) {
      List<String> names = list.items().stream().map(SettingValue::display).toList();
      return switch (key) {
        case "boot.kernelModules" -> loaded(expected, names);
        case "boot.blacklistedKernelModules" -> blocked(expected, names);
        case "boot.kernelParams" -> parameters(expected, names);
        default -> unseen(expected);
      };
    }
    return SYSCTLS.containsKey(key) || WORDS.containsKey(key)
        ? byParts(expected)
        : unseen(expected);
  }

  private static Judgement unseen(Expected expected) {
    return OptionValue.unknown(expected, "What runs does not show this option by itself.");
  }

  /** A module that is built into the kernel is in no list. */
  private Judgement loaded(Expected expected, List<String> names) {
    Set<String> loaded = around.modules();
    if (loaded == null) {
      return noModules(expected);
    }
    List<String> missing =
        names.stream().filter(name -> !loaded.contains(name.replace('-', '_'))).toList();
    return missing.isEmpty()
        ? Judgement.of(expected, Verdict.COMPLIANT, "loaded", "loaded", "Loaded as approved.")
        : OptionValue.unknown(
            expected,
            "Not among the loaded modules: "
                + String.join(", ", missing)
                + ". They may be built into the kernel.");
  }

  private Judgement parameters(Expected expected, List<String> wanted) {
    List<String> words = words();
    if (words == null) {
      return noWords(expected);
    }
    List<String> missing = wanted.stream().filter(word -> !words.contains(word)).toList();
    return missing.isEmpty()
        ? Judgement.of(
            expected,
            Verdict.COMPLIANT,
            expected.value().display(),
            expected.value().display(),
            "The running kernel was started with them.")
        : late(
            expected,
            "without " + String.join(" ", missing),
            "The running kernel was started without " + String.join(" ", missing) + ".");
  }

  /** On where each of its parts is on, off where none is; some of them are neither. */
  private Judgement byParts(Expected expected) {
    Setting setting = expected.setting();
    List<Boolean> parts = new ArrayList<>();
    Map.Entry<String, String> sysctl = SYSCTLS.get(setting.key());
    if (sysctl != null) {
      String value = evidence.sysctl().get(sysctl.getKey());
      if (value == null) {
        return OptionValue.unknown(
            expected, "The evidence does not have " + sysctl.getKey() + ", which would show it.");
      }
      parts.add(value.strip().equals(sysctl.getValue()));
    }
    Map.Entry<Boolean, String> word = WORDS.get(setting.key());
    if (word != null) {
      List<String> words = words();
      if (words == null) {
        return noWords(expected);
      }
      parts.add(words.contains(word.getValue()) == word.getKey());
    }
    boolean all = parts.stream().allMatch(part -> part);
    boolean none = parts.stream().noneMatch(part -> part);
    String found = all ? "true" : none ? "false" : "in part";
    return found.equals(expected.value().display())
        ? OptionValue.ranked(expected, found, "The running kernel")
        : late(
            expected,
            found,
            "The running kernel has %s, not %s.".formatted(found, expected.value().display()));
  }
}
