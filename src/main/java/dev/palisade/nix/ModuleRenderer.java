package dev.palisade.nix;

import dev.palisade.catalog.MergeKind;
import dev.palisade.catalog.SettingKind;
import dev.palisade.catalog.SettingValue;
import dev.palisade.catalog.SettingValue.Bool;
import dev.palisade.catalog.SettingValue.Int;
import dev.palisade.catalog.SettingValue.Items;
import dev.palisade.catalog.SettingValue.ListenAddress;
import dev.palisade.catalog.SettingValue.PortRange;
import dev.palisade.core.DomainException;
import dev.palisade.core.Problem;
import dev.palisade.nix.ModuleContent.Version;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Renders a NixOS module. The approved settings stand first, as names and values that the owner of
 * a host can read. The expressions that apply them are the same text for all releases: {@code
 * module.nix} beside this class. Every release names its renderer, and the output of a published
 * renderer never changes: a different output needs another id.
 */
public final class ModuleRenderer {

  /** Names the renderer of new releases. */
  public static final String ID = "palisade.nix/1";

  private static final String INDENT = "  ";
  private static final int COMMENT_WIDTH = 96;
  private static final String HOW_TO =
      """
      # A plain line in the host's own configuration overrides a setting. The portal sees this, and
      # each build warns of it until an exception gives the reason:
      #   hardening.exceptions."net.ipv4.tcp_sack".reason = "...";
      # With hardening.enable = false nothing is declared, and the portal sees that too.
      """;

  private static final class Rest {
    private static final String[] AROUND_SETTINGS = read().split("  # settings\n", 2);

    private static String read() {
      try (InputStream in = ModuleRenderer.class.getResourceAsStream("module.nix")) {
        return new String(
            Objects.requireNonNull(in, "module.nix").readAllBytes(), StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private final StringBuilder out = new StringBuilder();
  private final ModuleContent content;

  private ModuleRenderer(ModuleContent content) {
    this.content = content;
  }

  /**
   * Returns the module's text, ending in a line feed. Equal content gives equal bytes.
   *
   * @param id names the renderer
   * @throws DomainException {@link Problem#CONFLICT} for a renderer that this portal does not have
   */
  public static String render(String id, ModuleContent content) {
    requireKnown(id);
    return new ModuleRenderer(content).text();
  }

  /**
   * Returns the kernel modules without which settings have no effect, in order, each once.
   *
   * @param id names the renderer
   * @throws DomainException {@link Problem#CONFLICT} for a renderer that this portal does not have
   */
  public static List<String> kernelModules(String id, List<ModuleSetting> settings) {
    requireKnown(id);
    return KernelModules.of(settings);
  }

  private static void requireKnown(String id) {
    if (!id.equals(ID)) {
      throw new DomainException(
          Problem.CONFLICT,
          "The release was made by the renderer “%s”, which this portal does not have: only a newer version of the portal can deliver it."
              .formatted(id));
    }
  }

  private String text() {
    content.heading().forEach(line -> comment("", line));
    out.append(content.heading().isEmpty() ? "" : "#\n")
        .append(HOW_TO)
        .append(Rest.AROUND_SETTINGS[0]);
    bind("release", content.release() == null ? "null" : NixText.string(content.release()));
    bind("profiles", list(content.versions().stream().map(ModuleRenderer::version).toList()));
    settings("Keys of boot.kernel.sysctl.", "sysctls", isOf(SettingKind.SYSCTL), this::sysctl);
    Predicate<ModuleSetting> option = isOf(SettingKind.NIXOS_OPTION);
    Predicate<ModuleSetting> adds = s -> s.merge() == MergeKind.ADD;
    settings("Options.", "settings", option.and(adds.negate()), s -> assign(s, value(s.value())));
    settings(
        "Options that other modules may extend: these elements are required, and no other port.",
        "additions",
        option.and(adds),
        s -> assign(s, value(s.value())));
    settings(
        "Parameters of the kernel command line, in effect from the next boot on.",
        "kernelParams",
        isOf(SettingKind.KERNEL_PARAM),
        s -> assign(s, s.value() instanceof Bool ? "true" : NixText.string(s.value().display())));
    blockedModules();
    out.append(INDENT).append("# Kernel modules without which settings above have no effect.\n");
    bind("kernelModules", strings(content.kernelModules()));
    out.append(INDENT)
        .append(
            "# How many names of a key are the option's, where the rest is a key within its"
                + " value.\n");
    bind("optionDepths", optionDepths());
    out.append(INDENT).append("# Settings that the host's configuration must not override.\n");
    bind(
        "mandatory",
        strings(
            content.settings().stream()
                .filter(ModuleSetting::mandatory)
                .map(ModuleSetting::key)
                .toList()));
    out.append(INDENT).append("# Aliases of keys in the kernel.\n");
    bind("aliases", aliases());
    return out.append(Rest.AROUND_SETTINGS[1]).toString();
  }

  private static Predicate<ModuleSetting> isOf(SettingKind kind) {
    return setting -> setting.kind() == kind;
  }

  private static String version(Version version) {
    return set(
        List.of(
            "digest = " + NixText.string(version.digest()) + ";",
            "number = " + version.number() + ";",
            "slug = " + NixText.string(version.slug()) + ";"));
  }

  /** A vector is one string for the kernel. */
  private String sysctl(ModuleSetting setting) {
    return assign(
        setting,
        setting.value() instanceof Items vector
            ? NixText.string(vector.display())
            : value(setting.value()));
  }

  private static String assign(ModuleSetting setting, String value) {
    return NixText.attributeName(setting.key()) + " = " + value + ";";
  }

  private void settings(
      String what,
      String name,
      Predicate<ModuleSetting> which,
      Function<ModuleSetting, String> line) {
    group(what, name, which, line, "{", "}");
  }

  private void blockedModules() {
    group(
        "Kernel modules that are not loaded automatically.",
        "blockedModules",
        isOf(SettingKind.MODULE_BLACKLIST),
        setting -> NixText.string(setting.key()),
        "[",
        "]");
  }

  private void group(
      String what,
      String name,
      Predicate<ModuleSetting> which,
      Function<ModuleSetting, String> line,
      String open,
      String close) {
    List<ModuleSetting> members = inFamilies(which);
    out.append(INDENT).append("# ").append(what).append('\n');
    if (members.isEmpty()) {
      bind(name, open + " " + close);
      return;
    }
    out.append(INDENT).append(name).append(" = ").append(open).append('\n');
    String inner = INDENT + INDENT;
    String family = null;
    for (ModuleSetting setting : members) {
      if (setting.family() != null && !setting.family().equals(family)) {
        out.append(family == null ? "" : "\n");
        family = setting.family();
        comment(inner, "--- " + family + " ---");
      }
      if (setting.reason() != null) {
        setting.reason().lines().forEach(text -> comment(inner, text));
      }
      out.append(inner).append(line.apply(setting).replace("\n", "\n" + inner)).append('\n');
    }
    out.append(INDENT).append(close).append(";\n\n");
  }

  private List<ModuleSetting> inFamilies(Predicate<ModuleSetting> which) {
    List<String> families = content.families();
    return content.settings().stream()
        .filter(which)
        .sorted(
            Comparator.comparingInt(s -> s.family() == null ? -1 : families.indexOf(s.family())))
        .toList();
  }

  private String optionDepths() {
    return set(
        content.settings().stream()
            .filter(setting -> setting.optionDepth() != null)
            .map(setting -> assign(setting, String.valueOf(setting.optionDepth())))
            .toList());
  }

  private String aliases() {
    return set(
        content.settings().stream()
            .filter(setting -> !setting.aliases().isEmpty())
            .map(setting -> assign(setting, strings(setting.aliases())))
            .toList());
  }

  private void bind(String name, String value) {
    out.append(INDENT).append(name).append(" = ");
    out.append(value.replace("\n", "\n" + INDENT)).append(";\n\n");
  }

  /** Comment lines of a readable length; a longer word stands alone. */
  private void comment(String indent, String text) {
    StringBuilder line = new StringBuilder();
    for (String word : NixText.comment(text).split(" +", -1)) {
      if (line.length() > 0 && line.length() + 1 + word.length() > COMMENT_WIDTH) {
        out.append(indent).append("# ").append(line).append('\n');
        line.setLength(0);
      }
      line.append(line.length() == 0 ? "" : " ").append(word);
    }
    if (line.length() > 0) {
      out.append(indent).append("# ").append(line).append('\n');
    }
  }

  private static String value(SettingValue value) {
    return value instanceof Items items
        ? list(items.items().stream().map(ModuleRenderer::element).toList())
        : scalar(value);
  }

  private static String element(SettingValue value) {
    return value instanceof Int number && number.value() < 0
        ? "(" + scalar(value) + ")"
        : scalar(value);
  }

  private static String scalar(SettingValue value) {
    if (value instanceof PortRange range) {
      return set(List.of("from = " + range.from() + ";", "to = " + range.to() + ";"));
    }
    if (value instanceof ListenAddress address) {
      String addr = "addr = " + NixText.string(address.addr()) + ";";
      return set(
          address.port() == null ? List.of(addr) : List.of(addr, "port = " + address.port() + ";"));
    }
    return value instanceof Int || value instanceof Bool
        ? value.display()
        : NixText.string(value.display());
  }

  private static String strings(List<String> texts) {
    return list(texts.stream().map(NixText::string).toList());
  }

  /** One short element inline, several one per line. */
  private static String list(List<String> elements) {
    if (elements.isEmpty()) {
      return "[ ]";
    }
    return elements.size() == 1 && !elements.get(0).contains("\n")
        ? "[ " + elements.get(0) + " ]"
        : lines("[", elements, "]");
  }

  private static String set(List<String> bindings) {
    return bindings.isEmpty() ? "{ }" : lines("{", bindings, "}");
  }

  private static String lines(String open, List<String> between, String close) {
    List<String> lines = new ArrayList<>();
    lines.add(open);
    between.stream()
        .flatMap(each -> Stream.of(each.split("\n")))
        .forEach(l -> lines.add(INDENT + l));
    lines.add(close);
    return String.join("\n", lines);
  }
}
