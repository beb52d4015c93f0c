package dev.palisade.profile;

import dev.palisade.catalog.Catalog;
import dev.palisade.catalog.Direction;
import dev.palisade.catalog.Setting;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What changes from one content to another, setting by setting, and what each change does to its
 * strength.
 *
 * @param changes weaker ones first, then stronger, neutral and unknown ones; by key among equals
 * @param parameters by name
 * @param from what the first content lies over, or null
 * @param to what the second content lies over, or null
 */
public record VersionDiff(
    List<Change> changes, List<ParameterChange> parameters, VersionRef from, VersionRef to) {

  /** What of a setting changes. */
  public enum Kind {
    ADDED,
    REMOVED,
    /** Its value, perhaps with its strength and reason. */
    CHANGED,
    /** Only whether it is mandatory, perhaps with its reason. */
    STRENGTH,
    /** Nothing but the words of its reason. */
    REASON;

    /** The word used in the API. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * One setting that changes.
   *
   * @param from as it was, or null where it is added
   * @param to as it becomes, or null where it is removed
   * @param why the direction in one sentence, for the person who decides
   */
  public record Change(
      String key,
      Kind kind,
      ProfileSetting from,
      ProfileSetting to,
      Direction direction,
      String why) {}

  public VersionDiff {
    changes = List.copyOf(changes);
    parameters = List.copyOf(parameters);
  }

  /** Compares two contents. */
  public static VersionDiff between(VersionContent from, VersionContent to, Catalog catalog) {
    Map<String, ProfileSetting> before = byKey(from);
    Map<String, ProfileSetting> after = byKey(to);
    TreeSet<String> keys = new TreeSet<>(before.keySet());
    keys.addAll(after.keySet());
    List<Change> changes = new ArrayList<>();
    for (String key : keys) {
      ProfileSetting old = before.get(key);
      ProfileSetting next = after.get(key);
      if (!Objects.equals(old, next)) {
        ChangeReading reading =
            ChangeReading.of(known(key, old, next, catalog), old, next, before, after);
        changes.add(
            new Change(key, kind(old, next), old, next, reading.direction(), reading.why()));
      }
    }
    changes.sort(Comparator.comparing(Change::direction));
    return new VersionDiff(changes, parameters(from, to), from.base(), to.base());
  }

  private static List<ParameterChange> parameters(VersionContent from, VersionContent to) {
    TreeSet<String> names = new TreeSet<>();
    from.parameters().forEach(parameter -> names.add(parameter.name()));
    to.parameters().forEach(parameter -> names.add(parameter.name()));
    List<ParameterChange> changes = new ArrayList<>();
    for (String name : names) {
      Parameter old = from.parameter(name).orElse(null);
      Parameter next = to.parameter(name).orElse(null);
      if (!Objects.equals(old, next)) {
        changes.add(ParameterChange.between(name, old, next));
      }
    }
    return changes;
  }

  /** Null where the catalog does not know it, or where two declarations differ. */
  private static Setting known(
      String key, ProfileSetting from, ProfileSetting to, Catalog catalog) {
    DeclaredType old = from == null ? null : from.declared();
    DeclaredType next = to == null ? null : to.declared();
    if (old == null && next == null) {
      return catalog.find(key).orElse(null);
    }
    boolean two = from != null && to != null && !Objects.equals(old, next);
    return two ? null : (next == null ? old : next).setting(key);
  }

  private static Kind kind(ProfileSetting from, ProfileSetting to) {
    if (from == null) {
      return Kind.ADDED;
    }
    if (to == null) {
      return Kind.REMOVED;
    }
    if (!from.value().equals(to.value()) || !Objects.equals(from.declared(), to.declared())) {
      return Kind.CHANGED;
    }
    return from.mandatory() == to.mandatory() ? Kind.REASON : Kind.STRENGTH;
  }

  private static Map<String, ProfileSetting> byKey(VersionContent content) {
    return content.settings().stream()
        .collect(
            Collectors.toMap(
                ProfileSetting::key,
                Function.identity(),
                (one, other) -> {
                  throw new IllegalArgumentException(one.key() + " stands twice");
                },
                TreeMap::new));
  }

  /**
   * Makes these changes to the content that they start from; what comes out has the digest of the
   * content that they lead to.
   *
   * @throws IllegalArgumentException when a setting is not as these changes found it
   */
  public VersionContent applyTo(VersionContent content) {
    Map<String, ProfileSetting> settings = byKey(content);
    for (Change change : changes) {
      ProfileSetting found =
          change.to() == null
              ? settings.remove(change.key())
              : settings.put(change.key(), change.to());
      if (!Objects.equals(found, change.from())) {
        throw new IllegalArgumentException(change.key() + " is not as the changes found it");
      }
    }
    Map<String, Parameter> left = new TreeMap<>();
    content.parameters().forEach(p -> left.put(p.name(), p));
    for (ParameterChange change : parameters) {
      Parameter found =
          change.to() == null ? left.remove(change.name()) : left.put(change.name(), change.to());
      if (!Objects.equals(found, change.from())) {
        throw new IllegalArgumentException(change.name() + " is not as the changes found it");
      }
    }
    if (!Objects.equals(content.base(), from)) {
      throw new IllegalArgumentException("It lies over something else than the changes found");
    }
    return new VersionContent(List.copyOf(settings.values()), List.copyOf(left.values()), to);
  }

  /** Whether it lies over something else than before. */
  public boolean isMoved() {
    return !Objects.equals(from, to);
  }

  /** Whether nothing at all changes. */
  public boolean isEmpty() {
    return changes.isEmpty() && parameters.isEmpty() && !isMoved();
  }

  /** How many changes go in a direction. */
  public long count(Direction direction) {
    return changes.stream().filter(c -> c.direction() == direction).count();
  }

  /** What to know first: {@code 2 settings get weaker, 5 stronger}. */
  public String summary() {
    if (isEmpty()) {
      return "Nothing changes";
    }
    long weaker = count(Direction.WEAKER);
    long stronger = count(Direction.STRONGER);
    String first =
        weaker == 0 ? "No setting gets" : weaker == 1 ? "1 setting gets" : weaker + " settings get";
    return first + " weaker, " + (stronger == 0 ? "none" : stronger) + " stronger";
  }

  /** The changes of which the summary does not speak: {@code 3 neutral, 1 unknown}. */
  public String rest() {
    return count(Direction.NEUTRAL) + " neutral, " + count(Direction.UNKNOWN) + " unknown";
  }
}
