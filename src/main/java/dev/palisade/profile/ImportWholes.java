package dev.palisade.profile;

import dev.palisade.nix.NixReader;
import dev.palisade.nix.NixReader.Whole;
import dev.palisade.nix.Strength;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides between definitions of an option that is a set or a list by itself, as the module system
 * does before it looks at the members: {@code mkForce} on the whole of one replaces the others.
 */
final class ImportWholes {

  private static final List<List<String>> OPTIONS =
      List.of(
          List.of("boot", "kernel", "sysctl"),
          List.of("boot", "kernelParams"),
          List.of("boot", "blacklistedKernelModules"),
          List.of("services", "openssh", "settings"),
          List.of("networking", "firewall", "interfaces"));

  private record Priority(int line, int priority, String condition) {}

  private record Option(String name, int names) {}

  private final boolean isModule;
  private final Map<String, Map<String, Priority>> strongest = new HashMap<>();

  ImportWholes(NixReader.Result read) {
    this.isModule = read.isModule();
    read.wholes().forEach(this::add);
    read.bindings().forEach(b -> add(new Whole(b.line(), b.path(), b.strength())));
  }

  private void add(Whole whole) {
    Option option = option(whole.path());
    if (option != null) {
      Priority priority =
          new Priority(
              whole.line(), whole.strength().whole(option.names()), whole.strength().condition());
      strongest
          .computeIfAbsent(option.name(), name -> new HashMap<>())
          .merge(priority.condition(), priority, (a, b) -> a.priority() <= b.priority() ? a : b);
    }
  }

  /** The strength between the members of the same option, or of the definition itself. */
  Strength inside(List<String> path, Strength strength) {
    Option option = option(path);
    return option == null ? strength : strength.inside(option.names());
  }

  /** Why a definition is not in force because of a stronger one of the whole option. */
  Optional<String> replaced(List<String> path, Strength strength) {
    Option option = option(path);
    if (option == null) {
      return Optional.empty();
    }
    int own = strength.whole(option.names());
    for (Priority other : strongest.getOrDefault(option.name(), Map.of()).values()) {
      if (other.priority() < own && other.condition().isEmpty()) {
        return Optional.of(
            "Line " + other.line() + " defines the whole of " + option.name() + " more strongly.");
      }
    }
    return Optional.empty();
  }

  /** Why the text does not decide whether a definition is in force. */
  Optional<String> perhapsReplaced(List<String> path, Strength strength) {
    Option option = option(path);
    if (option == null) {
      return Optional.empty();
    }
    int own = strength.whole(option.names());
    return strongest.getOrDefault(option.name(), Map.of()).values().stream()
        .filter(other -> other.priority() < own)
        .findFirst()
        .map(
            other ->
                "Under mkIf "
                    + other.condition()
                    + ", line "
                    + other.line()
                    + " replaces the whole of "
                    + option.name()
                    + ". It is not taken.");
  }

  private @Nullable Option option(List<String> path) {
    int config = path.size() > 1 && path.get(0).equals("config") ? 1 : 0;
    List<String> own = path.subList(config, path.size());
    for (List<String> option : OPTIONS) {
      int least = option.get(option.size() - 1).matches("settings|interfaces") ? 2 : 1;
      int most = isModule ? 0 : option.size() - least;
      for (int without = 0; without <= most; without++) {
        List<String> names = option.subList(without, option.size());
        if (own.size() >= names.size() && own.subList(0, names.size()).equals(names)) {
          return new Option(String.join(".", option), config + names.size());
        }
      }
    }
    return null;
  }
}
