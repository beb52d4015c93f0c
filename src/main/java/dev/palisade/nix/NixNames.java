package dev.palisade.nix;

import dev.palisade.catalog.SettingValue;
import dev.palisade.nix.NixScanner.NotLiteral;
import dev.palisade.nix.NixScanner.Place;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Knows which names stand for which place of the text: those of {@code let}, of {@code rec} sets,
 * and those that a function's arguments hide. A name is replaced by what stands there; nothing is
 * evaluated. How much may be replaced is bounded, because names can stand for names.
 */
final class NixNames {

  /** Reads what stands at a place. */
  interface Reading {
    @Nullable SettingValue read() throws NotLiteral;
  }

  /** Names by their paths; those of the outer scope are seen where these do not hide them. */
  record Scope(Map<String, Place> places, @Nullable Scope outer) {}

  /** What a name stands for, and the names that are known there. */
  record Target(Place place, @Nullable Scope scope) {}

  private static final Place HIDDEN = new Place(-1, 0);
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_'-]*");
  private static final int MOST = 2_000;
  private static final long MOST_CHARACTERS = 20_000_000;

  private final NixScanner in;
  private @Nullable Scope scope;
  private int replaced;
  private long characters;

  NixNames(NixScanner in) {
    this.in = in;
  }

  @Nullable Scope scope() {
    return scope;
  }

  void backTo(@Nullable Scope former) {
    scope = former;
  }

  /** Moves past {@code let … in}; its names are known from here on. */
  void let() {
    Place start = in.place();
    in.skipWord("let");
    Map<String, Place> places = places(false);
    if (places == null) {
      in.backTo(start);
      in.skipGroup();
    } else {
      scope = new Scope(places, scope);
    }
  }

  /** Makes the names of the set known that begins here, as {@code rec} does; does not move. */
  void rec() {
    Place start = in.place();
    in.next();
    Map<String, Place> places = places(true);
    in.backTo(start);
    if (places != null) {
      scope = new Scope(places, scope);
    }
  }

  /** Moves past the head of a function; its arguments hide the same names from outside. */
  void functionHead() {
    Place start = in.place();
    in.skipFunctionHead();
    Map<String, Place> hidden = new HashMap<>();
    hide(in.textFrom(start), hidden);
    if (!hidden.isEmpty()) {
      scope = new Scope(hidden, scope);
    }
  }

  /** What a name, or a name within the set that it stands for, stands for itself. */
  Optional<Target> find(List<String> names) {
    for (Scope s = scope; s != null; s = s.outer()) {
      for (int n = 1; n <= names.size(); n++) {
        Place place = s.places().get(joined(names.subList(0, n)));
        if (place != null) {
          return place.equals(HIDDEN)
              ? Optional.empty()
              : select(new Target(place, s), names.subList(n, names.size()));
        }
      }
    }
    return Optional.empty();
  }

  /**
   * Reads what a name stands for, and comes back.
   *
   * @throws NotLiteral where more stands there than what is read
   */
  @Nullable SettingValue at(Target target, Reading reading) throws NotLiteral {
    if (++replaced > MOST || characters > MOST_CHARACTERS) {
      throw new NotLiteral("Too many names stand for other names.");
    }
    Place back = in.place();
    Scope outer = scope;
    in.backTo(target.place());
    scope = target.scope();
    try {
      SettingValue value = reading.read();
      in.skipSpace();
      in.expect(';', NixReader.MORE);
      return value;
    } finally {
      characters += Math.abs(in.place().at() - target.place().at());
      in.backTo(back);
      scope = outer;
      in.takeComment();
      in.takeBlankLine();
    }
  }

  private Optional<Target> select(Target target, List<String> names) {
    if (names.isEmpty()) {
      return Optional.of(target);
    }
    if (++replaced > MOST || characters > MOST_CHARACTERS) {
      return Optional.empty();
    }
    Place back = in.place();
    in.backTo(target.place());
    try {
      in.skipSpace();
      boolean recursive = in.skipWord("rec");
      in.skipSpace();
      if (in.peek() != '{' || in.isFunctionHead()) {
        return Optional.empty();
      }
      in.next();
      Map<String, Place> places = places(true);
      characters += Math.abs(in.place().at() - target.place().at());
      in.next();
      in.skipSpace();
      if (places == null || in.peek() != ';') {
        return Optional.empty();
      }
      for (int n = 1; n <= names.size(); n++) {
        Place place = places.get(joined(names.subList(0, n)));
        if (place != null && !place.equals(HIDDEN)) {
          Scope inner = recursive ? new Scope(places, target.scope()) : target.scope();
          return select(new Target(place, inner), names.subList(n, names.size()));
        }
      }
      return Optional.empty();
    } finally {
      in.backTo(back);
    }
  }

  /**
   * The names up to {@code in}, past which it moves, or up to the closing brace of a set, which is
   * left; null where neither follows.
   */
  private @Nullable Map<String, Place> places(boolean ofSet) {
    Map<String, Place> places = new HashMap<>();
    try {
      in.skipSpace();
      while (ofSet ? in.peek() != '}' : !in.skipWord("in")) {
        if (in.isAtEnd() || in.isWord("let")) {
          return null;
        }
        if (in.skipWord("inherit")) {
          Place start = in.place();
          in.skipBalancedTo(';');
          hide(in.textFrom(start).replaceFirst("^\\s*\\([^)]*\\)", ""), places);
        } else {
          String name = in.peek() == '"' ? in.string() : in.name();
          in.skipSpace();
          while (in.peek() == '.') {
            in.next();
            in.skipSpace();
            name += "\0" + (in.peek() == '"' ? in.string() : in.name());
            in.skipSpace();
          }
          in.expect('=', NixReader.MORE);
          places.put(name, in.place());
          in.skipBalancedTo(';');
        }
        in.expect(';', NixReader.MORE);
        in.skipSpace();
      }
      return places;
    } catch (NotLiteral e) {
      return null;
    } finally {
      in.takeComment();
      in.takeBlankLine();
    }
  }

  private static void hide(String text, Map<String, Place> places) {
    Matcher name = NAME.matcher(text);
    while (name.find()) {
      places.put(name.group(), HIDDEN);
    }
  }

  private static String joined(List<String> names) {
    return String.join("\0", names);
  }
}
