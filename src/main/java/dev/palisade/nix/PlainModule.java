package dev.palisade.nix;

import dev.palisade.catalog.MergeKind;
import dev.palisade.catalog.SettingValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The output of {@code palisade.nix/1}, kept for releases that name it: the settings and nothing
 * else. Scalars and lists that one module owns stand at {@code lib.mkOverride 900}, lists that
 * every module may add to stand plain.
 */
final class PlainModule {

  private static final String OVERRIDE = "lib.mkOverride 900 ";
  private static final String INDENT = "  ";

  private final Branch root = new Branch();
  private final Map<String, List<String>> lists = new TreeMap<>(NixText.ORDER);
  private boolean needsLib;

  private PlainModule() {}

  static String render(ModuleContent content) {
    PlainModule renderer = new PlainModule();
    content.settings().forEach(renderer::place);
    content
        .kernelModules()
        .forEach(name -> renderer.add("boot.kernelModules", NixText.string(name)));
    renderer.placeLists();
    StringBuilder out = new StringBuilder();
    content.heading().forEach(line -> out.append("# ").append(NixText.comment(line)).append('\n'));
    out.append(renderer.needsLib ? "{ lib, ... }:\n\n{\n" : "{ ... }:\n\n{\n");
    renderer.root.write(out, INDENT);
    return out.append("}\n").toString();
  }

  private void place(ModuleSetting setting) {
    switch (setting.kind()) {
      case SYSCTL ->
          bind(
              List.of("boot", "kernel", "sysctl", setting.key()),
              override(scalar(sysctl(setting.value()))),
              setting.reason());
      case KERNEL_PARAM -> add("boot.kernelParams", NixText.string(parameter(setting)));
      case MODULE_BLACKLIST -> add("boot.blacklistedKernelModules", NixText.string(setting.key()));
      case NIXOS_OPTION -> option(setting);
      default -> throw new IllegalStateException("No place for " + setting.kind());
    }
  }

  private void option(ModuleSetting setting) {
    boolean adds = setting.merge() == MergeKind.ADD;
    if (adds && setting.value() instanceof SettingValue.Items list) {
      list.items().forEach(item -> add(setting.key(), scalar(item)));
      return;
    }
    String value = text(setting.value());
    bind(NixText.path(setting.key()), adds ? value : override(value), setting.reason());
  }

  private static String parameter(ModuleSetting setting) {
    return setting.value() instanceof SettingValue.Bool
        ? setting.key()
        : setting.key() + "=" + setting.value().display();
  }

  /** A vector is one string for the kernel. */
  private static SettingValue sysctl(SettingValue value) {
    return value instanceof SettingValue.Items ? new SettingValue.Text(value.display()) : value;
  }

  private String override(String value) {
    needsLib = true;
    return OVERRIDE + value;
  }

  private void add(String option, String element) {
    List<String> elements = lists.computeIfAbsent(option, any -> new ArrayList<>());
    if (!elements.contains(element)) {
      elements.add(element);
    }
  }

  private void placeLists() {
    lists.forEach((option, items) -> bind(NixText.path(option), list(items), null));
  }

  private void bind(List<String> path, String value, @Nullable String reason) {
    Branch at = root;
    for (String name : path.subList(0, path.size() - 1)) {
      at = at.branch(name);
    }
    at.put(path.get(path.size() - 1), new Leaf(value, reason));
  }

  private static String text(SettingValue value) {
    return value instanceof SettingValue.Items items
        ? list(items.items().stream().map(PlainModule::scalar).toList())
        : scalar(value);
  }

  private static String scalar(SettingValue value) {
    if (value instanceof SettingValue.Int number) {
      return number.value() < 0 ? "(" + number.value() + ")" : String.valueOf(number.value());
    }
    if (value instanceof SettingValue.PortRange range) {
      return "{ from = %d; to = %d; }".formatted(range.from(), range.to());
    }
    return value instanceof SettingValue.Bool bool
        ? String.valueOf(bool.value())
        : NixText.string(value.display());
  }

  /** One element inline, several one per line; where the list stands decides how far in. */
  private static String list(List<String> elements) {
    if (elements.size() <= 1) {
      return elements.isEmpty() ? "[ ]" : "[ " + elements.get(0) + " ]";
    }
    return "[\n" + INDENT + String.join("\n" + INDENT, elements) + "\n]";
  }

  private sealed interface Node {}

  private record Leaf(String value, @Nullable String reason) implements Node {}

  /** An attribute set. */
  private static final class Branch implements Node {
    private final TreeMap<String, Node> children = new TreeMap<>(NixText.ORDER);

    Branch branch(String name) {
      Node child = children.computeIfAbsent(name, any -> new Branch());
      if (child instanceof Branch branch) {
        return branch;
      }
      throw new IllegalArgumentException(name + " is a value and a set at once");
    }

    void put(String name, Node child) {
      if (children.put(name, child) != null) {
        throw new IllegalArgumentException(name + " stands twice in one set");
      }
    }

    void write(StringBuilder out, String indent) {
      children.forEach((name, child) -> write(out, indent, NixText.attributeName(name), child));
    }

    /** A set with a single attribute is written as a dotted path. */
    private static void write(StringBuilder out, String indent, String path, Node node) {
      if (node instanceof Leaf leaf) {
        if (leaf.reason() != null) {
          leaf.reason().lines().forEach(line -> comment(out, indent, line));
        }
        out.append(indent).append(path).append(" = ");
        out.append(leaf.value().replace("\n", "\n" + indent)).append(";\n");
        return;
      }
      Branch branch = (Branch) node;
      if (branch.children.size() == 1) {
        Map.Entry<String, Node> only = branch.children.firstEntry();
        write(out, indent, path + "." + NixText.attributeName(only.getKey()), only.getValue());
        return;
      }
      out.append(indent).append(path).append(" = {\n");
      branch.write(out, indent + INDENT);
      out.append(indent).append("};\n");
    }

    private static void comment(StringBuilder out, String indent, String line) {
      String text = NixText.comment(line);
      if (!text.isEmpty()) {
        out.append(indent).append("# ").append(text).append('\n');
      }
    }
  }
}
