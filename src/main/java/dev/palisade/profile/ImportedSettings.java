package dev.palisade.profile;

import dev.palisade.catalog.Catalog;
import dev.palisade.catalog.KernelNumber;
import dev.palisade.catalog.Setting;
import dev.palisade.catalog.SettingValue;
import dev.palisade.catalog.SettingValue.Items;
import dev.palisade.core.DomainException;
import dev.palisade.nix.NixReader.Note;
import dev.palisade.nix.Strength;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Collects what an existing configuration defines and decides, as the module system does, which
 * value each setting has. Where the text does not decide it, neither value is taken and both are
 * shown.
 */
final class ImportedSettings {

  /** How much a note matters; those that keep a setting of the catalog out come first. */
  enum Rank {
    DECISIVE,
    BROKEN,
    NEAR,
    UNKNOWN,
    OTHER
  }

  /** How a value is made for the setting that a key turned out to be. */
  interface Reading {
    @Nullable SettingValue of(Setting setting);
  }

  private record Ranked(Rank rank, Note note) {}

  private record Definition(
      int line,
      Setting setting,
      @Nullable SettingValue value,
      Strength strength,
      boolean unclear) {}

  private static final int MOST_NOTES = 1_000;

  /** The priority of {@code mkForce}. */
  private static final int FORCED = 50;

  private final Catalog catalog;
  private final Map<String, List<Definition>> definitions = new LinkedHashMap<>();
  private final Map<String, ProfileSetting> settings = new LinkedHashMap<>();
  private final List<Ranked> missed = new ArrayList<>();
  private final Map<Rank, Integer> missedOf = new EnumMap<>(Rank.class);
  private final List<Note> readings = new ArrayList<>();

  ImportedSettings(Catalog catalog) {
    this.catalog = catalog;
  }

  /** Takes one definition; a value that the setting does not accept is named. */
  void define(int line, Setting setting, Strength strength, Reading reading) {
    try {
      SettingValue value = reading.of(setting);
      if (value != null) {
        String fault =
            SettingsCheck.faults(new ProfileSetting(setting.key(), value), List.of(), catalog)
                .values()
                .stream()
                .findFirst()
                .orElse(null);
        if (fault != null) {
          miss(Rank.DECISIVE, new Note(line, setting.key(), fault));
          unclear(line, setting);
          return;
        }
        setting.onlyOn(value).ifPresent(only -> tell(new Note(line, setting.key(), only)));
      }
      definitions
          .computeIfAbsent(setting.key(), key -> new ArrayList<>())
          .add(new Definition(line, setting, value, strength, false));
    } catch (DomainException e) {
      miss(Rank.DECISIVE, new Note(line, setting.key(), e.detail()));
      unclear(line, setting);
    }
  }

  /** Says that a line defines a setting in a way that is not understood; its note is elsewhere. */
  void unclear(int line, Setting setting) {
    definitions
        .computeIfAbsent(setting.key(), key -> new ArrayList<>())
        .add(new Definition(line, setting, null, Strength.PLAIN, true));
  }

  /** Beyond the first thousand of a rank nobody reads on. */
  void miss(Rank rank, Note note) {
    if (missedOf.merge(rank, 1, Integer::sum) <= MOST_NOTES) {
      missed.add(new Ranked(rank, note));
    }
  }

  /** A sysctl's text with its numbers in decimal; tells where the kernel reads them otherwise. */
  String asTheKernel(int line, Setting setting, String text) {
    String decimal = KernelNumber.decimal(setting, text);
    if (!decimal.strip().equals(text.strip())) {
      tell(
          new Note(
              line, setting.key(), "The kernel reads “" + text.strip() + "” as " + decimal + "."));
    }
    return decimal;
  }

  /** Tells how a place was read. */
  void tell(Note note) {
    if (readings.size() < MOST_NOTES) {
      readings.add(note);
    }
  }

  /** Adds a setting that the version declares itself. */
  void declare(ProfileSetting setting) {
    settings.putIfAbsent(setting.key(), setting);
  }

  /** Decides every setting; what was missed is in the order in which it matters, then by line. */
  SettingsImport.Imported decided(List<SettingsImport.Proposal> proposals) {
    definitions.forEach(this::decide);
    List<Note> ordered =
        missed.stream()
            .sorted(
                Comparator.comparing(Ranked::rank).thenComparing(ranked -> ranked.note().line()))
            .map(Ranked::note)
            .limit(MOST_NOTES)
            .toList();
    return new SettingsImport.Imported(
        new VersionContent(List.copyOf(settings.values())),
        ordered,
        List.copyOf(readings),
        List.copyOf(proposals));
  }

  private void decide(String key, List<Definition> written) {
    List<Definition> all = written.stream().filter(d -> !d.unclear()).toList();
    Optional<Definition> unclear = written.stream().filter(Definition::unclear).findFirst();
    boolean forced =
        all.stream()
            .map(Definition::strength)
            .anyMatch(s -> s.condition().isEmpty() && s.priority() <= FORCED);
    if (all.isEmpty()) {
      return;
    }
    if (unclear.isPresent() && !forced) {
      String why =
          "Line "
              + unclear.get().line()
              + " defines it as well and is not understood. Neither is taken.";
      all.forEach(d -> miss(Rank.DECISIVE, new Note(d.line(), key, why)));
      return;
    }
    int unconditional =
        all.stream()
            .filter(d -> d.strength().condition().isEmpty())
            .mapToInt(d -> d.strength().priority())
            .min()
            .orElse(Integer.MAX_VALUE);
    List<Definition> inForce = new ArrayList<>();
    for (Definition definition : all) {
      if (definition.strength().priority() > unconditional) {
        tell(
            new Note(
                definition.line(), key, "A stronger definition of the same option replaces it."));
      } else {
        inForce.add(definition);
      }
    }
    boolean oneValue = inForce.stream().map(d -> shown(d.value())).distinct().count() == 1;
    boolean onePriority =
        inForce.stream().mapToInt(d -> d.strength().priority()).distinct().count() == 1;
    long conditions =
        inForce.stream()
            .map(d -> d.strength().condition())
            .filter(c -> !c.isEmpty())
            .distinct()
            .count();
    boolean twiceInASet =
        inForce.stream().map(d -> d.strength().set()).distinct().count() < inForce.size();
    boolean lists = inForce.stream().allMatch(d -> d.value() instanceof Items);
    if (oneValue && !(lists && twiceInASet)) {
      take(key, inForce, inForce.get(0).value());
    } else if (lists && onePriority && conditions <= 1 && !twiceInASet) {
      take(key, inForce, joined(inForce));
    } else {
      refuse(key, inForce, twiceInASet && conditions == 0);
    }
  }

  private static SettingValue joined(List<Definition> inForce) {
    return new Items(
        inForce.stream()
            .sorted(Comparator.comparingInt(d -> d.strength().order()))
            .flatMap(d -> d.value() instanceof Items list ? list.items().stream() : Stream.empty())
            .distinct()
            .toList());
  }

  private void take(String key, List<Definition> inForce, @Nullable SettingValue value) {
    for (Definition definition : inForce) {
      String condition = definition.strength().condition();
      if (!condition.isEmpty()) {
        tell(
            new Note(
                definition.line(),
                key,
                "Under mkIf " + condition + ": it is taken as if the condition held."));
      }
    }
    if (value == null) {
      tell(new Note(inForce.get(0).line(), key, "null leaves it out."));
    } else {
      settings.put(key, new ProfileSetting(key, value));
    }
  }

  private void refuse(String key, List<Definition> inForce, boolean twiceInASet) {
    String values =
        inForce.stream()
            .map(
                d ->
                    "line "
                        + d.line()
                        + " says "
                        + shown(d.value())
                        + (d.strength().condition().isEmpty()
                            ? ""
                            : " under mkIf " + d.strength().condition()))
            .collect(Collectors.joining(", "));
    String why =
        (twiceInASet ? "Nix refuses a name twice in a set" : "The text does not decide the value")
            + ": "
            + values
            + ". Neither is taken.";
    inForce.forEach(d -> miss(Rank.DECISIVE, new Note(d.line(), key, why)));
  }

  private static String shown(@Nullable SettingValue value) {
    return value == null ? "null" : value.display();
  }
}
