package dev.palisade.audit.foretell;

import dev.palisade.audit.verdict.CommandLine;
import dev.palisade.audit.verdict.FirewallState;
import dev.palisade.catalog.Setting;
import dev.palisade.catalog.SettingKind;
import dev.palisade.catalog.SettingValue;
import dev.palisade.catalog.SettingValue.Bool;
import dev.palisade.catalog.SettingValue.Int;
import dev.palisade.catalog.SettingValue.Items;
import dev.palisade.catalog.SettingValue.Text;
import dev.palisade.catalog.ValueText;
import dev.palisade.catalog.ValueType;
import dev.palisade.core.DomainException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** What evidence tells of settings that are no sysctls: firewall, ssh daemon, command line. */
final class RunningOptions {

  /** Stands for what is known to be not there. */
  static final SettingValue NOT_SET = new Text("");

  private static final String SSHD = "services.openssh.settings.";
  private static final String LOCK = "kernel.modules_disabled";

  /** Two words of the ssh daemon for one thing. */
  private static final Map<String, String> SSHD_WORDS =
      Map.of("without-password", "prohibit-password");

  private final Prospect prospect;

  RunningOptions(Prospect prospect) {
    this.prospect = prospect;
  }

  /** The running value, or null where the evidence does not speak of it. */
  @Nullable SettingValue of(Setting setting) {
    String key = setting.key();
    FirewallState firewall = prospect.around().firewall();
    if (setting.kind() == SettingKind.KERNEL_PARAM) {
      return parameter(setting);
    }
    if (key.startsWith(SSHD)) {
      return sshd(setting, key.substring(SSHD.length()));
    }
    return switch (key) {
      case Firewall.ENABLE ->
          firewall == null || firewall.backend() == null ? null : new Bool(!firewall.isOff());
      case Firewall.TCP -> ports(firewall == null ? null : firewall.openTcp());
      case Firewall.UDP -> ports(firewall == null ? null : firewall.openUdp());
      case Firewall.SSH_PORTS -> sshPorts(setting);
      case ModuleRisks.LOCK ->
          prospect.running(LOCK) == null ? null : new Bool("1".equals(prospect.running(LOCK)));
      default -> null;
    };
  }

  private static @Nullable SettingValue ports(@Nullable SortedSet<Integer> open) {
    return open == null
        ? null
        : new Items(open.stream().<SettingValue>map(port -> new Int(port)).toList());
  }

  private @Nullable SettingValue sshPorts(Setting setting) {
    Map<String, String> sshd = prospect.around().sshd();
    return sshd == null ? null : typed(setting, sshd.get("port"));
  }

  private @Nullable SettingValue sshd(Setting setting, String name) {
    Map<String, String> sshd = prospect.around().sshd();
    String text = sshd == null ? null : sshd.get(name.toLowerCase(Locale.ROOT));
    if (text == null) {
      return null;
    }
    if (setting.type() == ValueType.BOOL) {
      return new Bool(text.equalsIgnoreCase("yes"));
    }
    if (setting.type() == ValueType.TEXT_LIST) {
      List<SettingValue> items =
          Arrays.stream(text.split("[\\s,]+")).<SettingValue>map(Text::new).toList();
      return new Items(items);
    }
    return typed(setting, SSHD_WORDS.getOrDefault(text, text));
  }

  /** A word of the kernel's command line: {@code name} or {@code name=value}; the last counts. */
  private @Nullable SettingValue parameter(Setting setting) {
    CommandLine line = prospect.around().commandLine();
    if (line == null) {
      return null;
    }
    CommandLine.Word word = line.last(setting.key());
    if (word == null) {
      return NOT_SET;
    }
    return word.value() == null ? new Bool(true) : typed(setting, word.value());
  }

  /** The text as the setting's type reads it; as plain text where it cannot be read so. */
  static @Nullable SettingValue typed(Setting setting, @Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      return ValueText.read(setting, text);
    } catch (DomainException e) {
      return new Text(text);
    }
  }
}
