package dev.palisade.nix;

import dev.palisade.nix.NixReader.Binding;
import dev.palisade.nix.NixReader.Note;
import dev.palisade.nix.NixReader.Whole;
import dev.palisade.nix.NixScanner.Place;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Collects what is read of an expression, and goes back where the rest of it is not understood. */
final class NixFound {

  /** How much was found at some time. */
  record Mark(int bindings, int notes, int readings, int wholes, int empty) {}

  private static final int MOST_NOTES = 1_000;

  final List<Binding> bindings = new ArrayList<>();
  final List<Note> notUnderstood = new ArrayList<>();
  final List<Note> readings = new ArrayList<>();
  final List<Whole> wholes = new ArrayList<>();

  /** Paths of sets without bindings: they replace what {@code //} finds under their names. */
  final List<List<String>> empty = new ArrayList<>();

  private final NixScanner in;
  private final Predicate<List<String>> decisive;
  private int decisiveNotes;
  private int otherNotes;
  private int sets;

  NixFound(NixScanner in, Predicate<List<String>> decisive) {
    this.in = in;
    this.decisive = decisive;
  }

  /** The number of a set that was not read before. */
  int nextSet() {
    return ++sets;
  }

  Mark mark() {
    return new Mark(
        bindings.size(), notUnderstood.size(), readings.size(), wholes.size(), empty.size());
  }

  /**
   * Forgets what was taken since. What was not understood stays, and so does the priority of a
   * whole: it replaces weaker definitions whatever its value is.
   */
  void backTo(Mark mark) {
    cut(bindings, mark.bindings());
    cut(readings, mark.readings());
    cut(empty, mark.empty());
  }

  /** Forgets all of that, too. */
  void forget(Mark mark) {
    backTo(mark);
    cut(wholes, mark.wholes());
    cut(notUnderstood, mark.notes());
  }

  private static void cut(List<?> list, int size) {
    list.subList(size, list.size()).clear();
  }

  /** Names a place; beyond the bound nobody reads on, except of what concerns a setting. */
  void note(Place place, String why, List<String> path) {
    note(place, NixReader.shortened(in.lineFrom(place, NixReader.SHOWN)), why, path);
  }

  void note(Place place, String text, String why, List<String> path) {
    boolean matters = decisive.test(path);
    if ((matters ? ++decisiveNotes : ++otherNotes) <= MOST_NOTES) {
      notUnderstood.add(new Note(place.line(), text, why, List.copyOf(path)));
    }
  }

  void tell(Note note) {
    if (readings.size() < MOST_NOTES) {
      readings.add(note);
    }
  }

  /**
   * Takes away what a later set replaces, as {@code //} does: the whole of each name.
   *
   * @param left where the former set begins
   * @param right where the later one does
   * @param names how many names lead to both
   */
  void update(Mark left, Mark right, int names) {
    Set<String> replaced = new HashSet<>();
    Set<String> perhaps = new HashSet<>();
    for (Binding binding : bindings.subList(right.bindings(), bindings.size())) {
      Strength before =
          left.bindings() < right.bindings()
              ? bindings.get(left.bindings()).strength()
              : Strength.PLAIN;
      boolean sure =
          binding.strength().condition().isEmpty()
              || binding.strength().condition().equals(before.condition());
      (sure ? replaced : perhaps).add(binding.path().get(names));
    }
    for (Note note : notUnderstood.subList(right.notes(), notUnderstood.size())) {
      if (note.path().size() > names) {
        replaced.add(note.path().get(names));
      }
    }
    for (List<String> path : empty.subList(right.empty(), empty.size())) {
      replaced.add(path.get(names));
    }
    for (int i = right.bindings() - 1; i >= left.bindings(); i--) {
      Binding former = bindings.get(i);
      if (replaced.contains(former.path().get(names))) {
        bindings.remove(i);
        tell(new Note(former.line(), shown(former), "A later set replaces it (“//”)."));
      } else if (perhaps.contains(former.path().get(names))) {
        boolean same =
            bindings.subList(i + 1, bindings.size()).stream()
                .anyMatch(b -> b.path().equals(former.path()));
        if (!same) {
          bindings.remove(i);
          note(
              new Place(0, former.line()),
              shown(former),
              "A later set may replace it (“//” under a condition).",
              former.path());
        }
      }
    }
  }

  private static String shown(Binding binding) {
    return NixReader.shortened(String.join(".", binding.path()));
  }
}
