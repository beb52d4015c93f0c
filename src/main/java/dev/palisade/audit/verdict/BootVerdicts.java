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
import java.util.Objects;
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

  /**
   * Parameters of which several words count together. Source: admin-guide/kernel-parameters.txt and
   * admin-guide/serial-console.rst, Linux 6.12.
   */
  private static final Set<String> LISTS =
      Set.of(
          "console",
          "earlycon",
          "module_blacklist",
          "initcall_blacklist",
          "memmap",
          "hugepages",
          "hugepagesz",
          "efi",
          "rd.luks.uuid",
          "rd.luks.name",
          "systemd.setenv",
          "systemd.wants",
          "systemd.mask");

  private final Evidence evidence;
  private final Surroundings around;
  private final boolean mayBePending;

  BootVerdicts(Evidence evidence, Deployment deployment) {
    this.evidence = evidence;
    this.around = evidence.around();
    this.mayBePending = deployment != Deployment.OLDER && around.isRebootDue();
  }

  /** A parameter of the kernel. */
  Judgement parameter(Expected expected) {
    Setting setting = expected.setting();
    return switch (setting.key()) {
      case "lockdown" -> state(expected, around.kernel().lockdown(), "lockdown");
      case "module.sig_enforce" -> {
        Boolean enforced = around.kernel().sigEnforce();
        yield state(expected, enforced == null ? null : enforced ? "1" : "0", "sigEnforce");
      }
      default -> word(expected);
    };
  }

  /** What the command line asks for proves nothing here, so the state that runs decides. */
  private Judgement state(Expected expected, @Nullable String found, String part) {
    if (found == null) {
      return OptionValue.unknown(
          expected,
          Ways.unread(
              around, "The evidence does not have the state that the kernel runs in", part));
    }
    Setting setting = expected.setting();
    Comparison comparison =
        ParameterReading.compare(setting, expected.value(), ParameterReading.typed(setting, found));
    if (comparison != Comparison.OTHER) {
      return OptionValue.judged(expected, found, comparison, "The running kernel");
    }
    CommandLine line = around.commandLine();
    CommandLine.Word word = line == null ? null : line.last(setting.key());
    return late(
        expected,
        found,
        "The running kernel is at %s, not %s%s."
            .formatted(
                found,
                expected.value().display(),
                word == null
                    ? ""
                    : ", although it was started with " + ValueWords.shown(word.text())));
  }

  private Judgement word(Expected expected) {
    CommandLine line = around.commandLine();
    if (line == null) {
      return noWords(expected);
    }
    Setting setting = expected.setting();
    ParameterReading reading = ParameterReading.of(setting, expected.value(), line);
    String found = reading.found();
    if (found == null) {
      return expected.value().equals(new Bool(false))
          ? Judgement.of(expected, Verdict.COMPLIANT, "not set", "not set", "It is not set.")
          : late(expected, "not set", "The running kernel was started without it.");
    }
    if (reading.refused()) {
      if (found.equals(ParameterReading.NO_VALUE)) {
        return late(
            expected,
            found,
            "The running kernel was started with %s alone, which it does not accept without a value."
                .formatted(setting.key()));
      }
      return late(
          expected,
          found,
          "The running kernel was started with %s, which it does not accept as a value of %s."
              .formatted(ValueWords.shown(found), setting.key()));
    }
    if (reading.comparison() == Comparison.OTHER) {
      return late(
          expected,
          found,
          "The running kernel was started with %s, not %s."
              .formatted(ValueWords.shown(found), expected.value().display()));
    }
    String other = setting.bootParameter().weakenedBy();
    if (other != null && hasLast(line, other)) {
      return OptionValue.unknown(
          expected,
          "The running kernel was started with %s, and with %s, which wins over it in kernels before 6.17."
              .formatted(ValueWords.shown(found), other));
    }
    return OptionValue.judged(expected, found, reading.comparison(), "The running kernel");
  }

  /** Whether the last word for a parameter is this one. */
  private static boolean hasLast(CommandLine line, String text) {
    CommandLine.Word wanted = CommandLine.parse(text).words().get(0);
    CommandLine.Word last = line.last(wanted.name());
    return last != null && Objects.equals(last.value(), wanted.value());
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
    CommandLine line = around.commandLine();
    if (line == null) {
      return noWords(expected);
    }
    List<String> missing = wanted.stream().filter(word -> !counts(line, word, wanted)).toList();
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
            "The running kernel was started without "
                + String.join(" ", missing)
                + ", or with a later word that takes its place.");
  }

  /** Whether a word stands on the line, and no later one takes its place. */
  private static boolean counts(CommandLine line, String text, List<String> wanted) {
    List<CommandLine.Word> words = CommandLine.parse(text).words();
    if (words.isEmpty()) {
      return false;
    }
    CommandLine.Word word = words.get(0);
    List<CommandLine.Word> found = line.of(word.name());
    boolean several =
        LISTS.contains(word.name())
            || wanted.stream()
                    .flatMap(other -> CommandLine.parse(other).words().stream())
                    .filter(other -> other.isFor(word.name()))
                    .count()
                > 1;
    return !found.isEmpty()
        && (several ? found : found.subList(found.size() - 1, found.size()))
            .stream().anyMatch(one -> Objects.equals(one.value(), word.value()));
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
      CommandLine line = around.commandLine();
      if (line == null) {
        return noWords(expected);
      }
      CommandLine.Word wanted = CommandLine.parse(word.getValue()).words().get(0);
      if (wanted.isFor("pti") && (line.last("nopti") != null || hasLast(line, "mitigations=off"))) {
        return OptionValue.unknown(
            expected,
            "The running kernel was started with nopti or mitigations=off, and which word wins"
                + " depends on the kernel.");
      }
      boolean there =
          wanted.value() == null
              ? line.last(wanted.name()) != null
              : hasLast(line, word.getValue());
      parts.add(there == word.getKey());
    }
    boolean all = parts.stream().allMatch(part -> part);
    boolean none = parts.stream().noneMatch(part -> part);
    String found = all ? "true" : none ? "false" : "in part";
    return RunningValue.compare(setting, expected.value(), found) != Comparison.OTHER
        ? OptionValue.ranked(expected, found, "The running kernel")
        : late(
            expected,
            found,
            "The running kernel has %s, not %s.".formatted(found, expected.value().display()));
  }
}
